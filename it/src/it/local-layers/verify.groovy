assert new File(basedir, 'build.log').text.contains('2 checks: 2 passed')
