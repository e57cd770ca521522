String log = new File(basedir, 'build.log').text
File folder = new File(basedir, 'src/lshell')
List<String> lock = new File(folder, 'environment.lock').readLines()

assert log.contains('FAIL  environment')
assert log.contains('1 JVM fact added: -Xmx204m')
assert log.contains('1 JVM fact removed: -Xmx409m')
assert log.contains('to accept the change, write the file with -Dlshell.overwrite')
// The second check ignores it.
assert !log.contains('FAIL  what the build relies on')
assert lock.containsAll(['target = local', 'runtime = java17', '[programs]', '-Xmx204m'])
assert new File(folder, 'basics.lock').readLines().contains('TZ = :UTC')
assert folder.list().findAll { it ==~ /environment\.local-provided\.al2023-.*\.lock/ }.size() == 1

// The differences are on standard output.
assert log.readLines().any { it ==~ / +provided\.al2023 +provided\.al2 +src\/lshell\/environment\.lock/ }
assert log.readLines().any { it ==~ /  runtime +provided\.al2023 +provided\.al2 +java17/ }
assert log.contains('provided.al2: Removed stack lshell-environment-is-locked-')
