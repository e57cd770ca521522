String log = new File(basedir, 'build.log').text

assert log.contains('golden.txt, let -Dlshell.overwrite write it')
assert log.contains('Wrote ')
assert new File(basedir, 'expected/golden.txt').text == 'begin\ntook [number] ms\n'
