String log = new File(basedir, 'build.log').text
File lock = new File(basedir, 'src/lshell/environment.lock')

assert log.contains('environment.lock')
assert log.contains('FAIL  environment')
assert log.contains('1 variable added: APP_GREETING')
assert log.contains('to accept the change, write the file with -Dlshell.overwrite')
// The second check ignores it.
assert !log.contains('FAIL  what the build relies on')
assert lock.readLines().contains('APP_GREETING')
assert lock.text.contains('\ntarget = local\n')
List<File> others = new File(basedir, 'src/lshell').listFiles().findAll { it.name ==~ /environment\.local-provided\.al2023-.*\.lock/ }
assert others.size() == 1
assert new File(basedir, 'src/lshell/basics.lock').text.contains('\nTZ = ')

assert log.readLines().any { it ==~ / +provided\.al2023 +provided\.al2 +src\/lshell\/environment\.lock/ }
assert log.readLines().any { it ==~ /  runtime +provided\.al2023 +provided\.al2 +java21/ }
assert log.contains('provided.al2: Removed stack lshell-environment-is-locked-')
