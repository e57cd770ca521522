String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('There is no stack lshell-node-runtime (local); deploying a temporary one')
assert log.contains('3 checks: 3 passed')
assert log.contains('BUILD SUCCESS')
