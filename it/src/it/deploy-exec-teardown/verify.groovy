String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('[INFO] Deploying stack lshell-deploy-exec-teardown (local)')
assert log =~ /\[INFO] Deployed in \d+\.\d s\n/
assert log.contains('[INFO] Stack lshell-deploy-exec-teardown (local) is up to date')

assert log.contains("${System.getProperty('os.name')} ")
assert log.readLines().contains('oops')
assert log.contains('The command ended with exit code 3')

assert log =~ /\[INFO] lshell-deploy-exec-teardown \(local\): java\d+, \d+ \w+ old, expires in 23 h, last used \d+ \w+ ago/
assert log.contains('[INFO]   to remove it: mvn lshell:teardown -Dlshell.stackName=lshell-deploy-exec-teardown -Dlshell.target=local')
assert log =~ /\n==> \S+ <==\nINIT_START .*\nSTART RequestId: .*\nEND RequestId: .*\nREPORT RequestId: /

assert log =~ /\[INFO] Removed stack lshell-deploy-exec-teardown \(local\) after \d+ \w+: 1 invocation, \d+ ms billed/
assert log.contains('[INFO] There is no stack lshell-deploy-exec-teardown (local)')
