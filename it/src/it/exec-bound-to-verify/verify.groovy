String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('java runtime')
assert log.contains('kernel')
assert log.contains('only /tmp is ours to write')
assert log.contains('BUILD SUCCESS')
assert !new File(lshellHome, 'stacks').list().any { it.contains('exec-bound-to-verify') }
