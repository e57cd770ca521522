String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

// Every check ran, and each failure is reported with the output of its command.
assert log.contains('passes')
assert log.contains('exit code is 3, but expected 0')
assert log.contains('some output')
assert log.contains('some error')
assert log.contains('stdout does not contain "Goodbye"')
assert log.contains('still runs after a failure')

// The checks failed, not the plugin; and the temporary stack is removed.
assert log.contains('4 checks: 2 passed, 2 failed')
assert !new File(lshellHome, 'stacks').list().any { it.contains('a-failing-check') }
