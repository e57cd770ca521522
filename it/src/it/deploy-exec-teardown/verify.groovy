String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('lshell-deploy-exec-teardown is deployed on local')
assert log.contains('lshell-deploy-exec-teardown is up to date on local, nothing was changed')

assert log.contains("${System.getProperty('os.name')} ")
assert log.readLines().contains('oops')
assert log.contains('The command ended with exit code 3')

assert log.contains('lshell-deploy-exec-teardown is removed from local')
assert log.contains('there is no stack lshell-deploy-exec-teardown on local, nothing to do')
