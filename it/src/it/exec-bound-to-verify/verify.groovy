String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('java runtime')
assert log.contains('kernel')
assert log.contains('only /tmp is ours to write')
assert log.contains('BUILD SUCCESS')
assert log.contains('[INFO] Dry run (lshell.dryRun): the configuration is valid; nothing is deployed, run or removed\n' +
        '[INFO]   java runtime (pom.xml, execution default, command 1)\n')
assert log.readLines().contains('kernel')
assert log.count('Deploying stack') == 2
assert log.contains('\nfrom\na\nfile\n')
assert log.contains('The command ended with exit code 7')
assert !new File(lshellHome, 'stacks').list().any { it.contains('exec-bound-to-verify') }
