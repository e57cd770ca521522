String log = new File(basedir, 'build.log').text

assert log.contains('golden.txt; write it with -Dlshell.overwrite')
assert log.contains('Wrote ')
assert new File(basedir, 'expected/golden.txt').text == 'begin\ntook [number] ms\n'
