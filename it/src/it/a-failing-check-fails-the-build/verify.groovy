String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

// Every check ran, and each failure is reported with the output of its command.
assert log.contains('passes')
assert log.contains('exit code is 3, but expected 0')
assert log.contains('some output')
assert log.contains('some error')
assert log.contains('stdout does not contain "Goodbye"')
assert log.contains('still runs after a failure')

// The checks failed, not the plugin; and the temporary stack is removed.
List<String> end = log.readLines().dropWhile { !it.contains('these checks did not pass:') }.drop(1)
assert end[0] == '[ERROR] FAIL  wrong exit code (pom.xml, execution default, command 2): exit code is 3, but expected 0'
assert end[1] == '[ERROR] FAIL  two things wrong (pom.xml, execution default, command 3): stdout does not contain "Goodbye",' +
        ' and 1 more violation'
assert end[2].startsWith('[ERROR] 4 checks: 2 passed, 2 failed (')
assert end[3] == '[ERROR] Report: target/lshell-reports/lshell-a-failing-check-fails-the-build-default.html'
assert log.indexOf('Removed stack') < log.indexOf('these checks did not pass:')
assert log.count('2 passed, 2 failed') == 1
assert !new File(lshellHome, 'stacks').list().any { it.contains('a-failing-check') }
