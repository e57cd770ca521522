assert new File(basedir, 'build.log').text.contains('1 check: 1 passed')
