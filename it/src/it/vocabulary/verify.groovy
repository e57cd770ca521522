String log = new File(basedir, 'build.log').text
assert log.contains('15 checks: 14 passed, 1 skipped')
assert log.contains('SKIP')

// The reports say the same, and none shows the secret.
File reports = new File(basedir, 'target/lshell-reports')
String xml = new File(reports, 'TEST-lshell-vocabulary-vocabulary.xml').text
assert new groovy.xml.XmlSlurper().parseText(xml).testcase.size() == 15
def json = new groovy.json.JsonSlurper().parse(new File(reports, 'lshell-vocabulary-vocabulary.json'))
assert json.checks.find { it.name == 'what needs a second try' }.attempts > 1
String page = new File(reports, 'lshell-vocabulary-vocabulary.html').text
assert page.contains('All 15') || page.contains('14 passed')
[log, xml, page].each { assert !it.contains('t0ken-of-nobody') }
assert json.checks.find { it.name == 'surroundings' }.stdout.text.contains('the token is ***')
