String log = new File(basedir, 'build.log').text
assert log.contains('23 checks: 20 passed, 1 waived, 2 skipped')
assert log.contains('SKIP')
assert log.contains('SKIP  only on AWS (when: target is local, not aws')
assert log.contains('[WARNING] WAIVE a failure that is known')
assert !log.contains('which Maven')

// The reports agree, and none contains the secret.
File reports = new File(basedir, 'target/lshell-reports')
String xml = new File(reports, 'TEST-lshell-vocabulary-vocabulary.xml').text
assert new groovy.xml.XmlSlurper().parseText(xml).testcase.size() == 23
def json = new groovy.json.JsonSlurper().parse(new File(reports, 'lshell-vocabulary-vocabulary.json'))
assert json.checks.find { it.name == 'what needs a second try' }.attempts > 1
assert json.checks.find { it.name == 'the version of Java' }.captures.javaVersion ==~ /\d+.*/
assert json.waived == 1
String page = new File(reports, 'lshell-vocabulary-vocabulary.html').text
assert page.contains('20 passed, 1 waived')
for (shown in [log, xml, page]) {
    assert !shown.contains('t0ken-of-nobody')
}
assert json.checks.find { it.name == 'the environment of a command' }.stdout.text.contains('the token is ***')
