String log = new File(basedir, 'build.log').text

assert log.contains('] FAIL  provided.al2023: has no bootstrap')
assert log =~ /\] +java17 +provided\.al2023\R/
assert log =~ /\] has bash +(pass|not run) +pass\R/
assert log =~ /\] has a JVM +(pass|not run) +skipped\R/
assert log =~ /\] has no bootstrap +(pass|not run) +FAIL\R/
// The last message.
assert log.contains('FAIL  provided.al2023: has no bootstrap (pom.xml, execution check, command 3): exit code is 1')
assert log.contains('3 checks in 2 environments: ')
assert log.contains('not run: java8: no JDK 8 was found on this machine')
assert log.contains("matrix: runtimes (lshell.matrix.runtimes): 'jav17' is not a Lambda runtime; did you mean 'java17'?")

// Of the third build, which is the last one that ran checks.
File reports = new File(basedir, 'target/lshell-reports')
assert new File(reports, 'TEST-lshell-matrix-of-runtimes-check-provided.al2023.xml').text.contains('tests="1"')
assert new File(reports, 'TEST-lshell-matrix-of-runtimes-check-java8.xml').text.contains('skipped="1"')
assert new File(reports, 'lshell-matrix-of-runtimes-check.html').text.contains('<td class="notrun">')
assert new File(reports, 'lshell-matrix-of-runtimes-check.json').text.contains('"environments"')
