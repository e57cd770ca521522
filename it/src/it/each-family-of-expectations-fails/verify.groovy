String log = new File(basedir, 'build.log').text

// Every check ran, and each failure shows the actual and the expected value.
for (message in [
    'exit code is 3, but expected 0',
    'stdout is "arm64", but expected "x86_64"',
    'stdout does not contain "Goodbye"',
    'stdout contains "Hell" in line 1, but expected it not to',
    "stdout has no line that matches '^ello'",
    'stdout matches \'o$\' in line 1, which is "Hello", but expected it not to',
    'stdout is "Hello\\n", but expected it to be empty',
    'stderr is empty, but expected output',
    'the number of lines of stdout is 3, but expected more than 3',
    'the value of \'version (\\S+)\' in stdout is "17.0.1", but expected a version in [21,22)',
    '$.a of stdout is "1", but expected more than 1',
    'stdout has nothing at $.b',
    'size of /tmp/f is 6 bytes, but expected 7 bytes',
    '/tmp/no does not exist',
    'MB, but expected more than 10240 MB',
    'golden.txt, the first difference is in line 2',
    '  -b',
    '  +c',
    'to accept the output, write it to the file with -Dlshell.overwrite',
    ', but expected at most 100 ms',
    'the command was ended by its timeout of 300 ms',
    "The timeout of check 'exit code' is 15 min, but the function's timeout of",
    'setup "exit 4" has exit code 4, so the command did not run',
    'teardown "exit 5" has exit code 5',
    '15 checks: 0 passed, 15 failed',
]) {
    assert log.contains(message) : message
}
String xml = new File(basedir, 'target/lshell-reports/TEST-lshell-each-family-of-expectations-fails-default.xml').text
assert new groovy.xml.XmlSlurper().parseText(xml).testcase.failure.size() == 15
