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
    // The project's handler.
    'the invocation failed with java.lang.ClassNotFoundException: Class not found: com.example.Nope',
    'the handler could not be initialized: java.lang.IllegalStateException: no TABLE',
    'the invocation failed with java.lang.IllegalStateException: no stock',
    '    at com.example.Failing.handleRequest(Failing.java:',
    'response does not contain "Goodbye"',
    'the invocation was ended by its timeout of 500 ms',
    'Error: Runtime exited with error: exit status 3',
    'the invocation failed with Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed',
    'the number of lines of log is 1000000, but expected less than 1000',
    'the reports have 32768 of 100000000 bytes',
    'FAIL  no error (',
    'growth of threads is ',
    'error is none, but expected one',
    ' ms, but expected less than 1 ms',
    'duration p95 is ',
    ' MB, but expected less than 1 MB',
    'restoreDuration is unknown: there was no restore in this check; set snapStart: true',
    'error message is "no stock", but expected "no order"',
    '28 checks: 0 passed, ',
]) {
    assert log.contains(message) : message
}
// Whether the heap or the function's memory is full first depends on the JVM.
assert log.contains('the invocation failed with java.lang.OutOfMemoryError: Java heap space')
    || log.contains('The function ran out of memory: it used all of its 512 MB. Set a larger <memorySize>')

String xml = new File(basedir, 'target/lshell-reports/TEST-lshell-each-family-of-expectations-fails-default.xml').text
def cases = new groovy.xml.XmlSlurper().parseText(xml).testcase
assert cases.failure.size() + cases.error.size() == 28
