String log = new File(basedir, 'build.log').text
assert log.contains('19 checks: 18 passed, 1 skipped')
assert log.contains('SKIP')

// The reports agree, and none contains the secret.
File reports = new File(basedir, 'target/lshell-reports')
String xml = new File(reports, 'TEST-lshell-vocabulary-vocabulary.xml').text
assert new groovy.xml.XmlSlurper().parseText(xml).testcase.size() == 19
def json = new groovy.json.JsonSlurper().parse(new File(reports, 'lshell-vocabulary-vocabulary.json'))
assert json.checks.find { it.name == 'what needs a second try' }.attempts > 1
String page = new File(reports, 'lshell-vocabulary-vocabulary.html').text
assert page.contains('18 passed')
for (shown in [log, xml, page]) {
    assert !shown.contains('t0ken-of-nobody')
}
assert json.checks.find { it.name == 'the environment of a command' }.stdout.text.contains('the token is ***')
