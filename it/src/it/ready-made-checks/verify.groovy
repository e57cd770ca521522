context.get('database').close()
String log = new File(basedir, 'build.log').text
assert log.contains('11 checks: 11 passed')

def json = new groovy.json.JsonSlurper().parse(
        new File(basedir, 'target/lshell-reports/lshell-ready-made-checks-default.json'))
def said = { name -> json.checks.find { it.name == name }.stdout.text }
// JNA brings its library for many platforms.
assert said('nativeLibraries') =~ /ok - \d+ native librar(y|ies) resolves?\nok - \d+ more are for other platforms/
assert said('classLoads com.example.Handler::handleRequest').contains('loads on Java')
assert said('identity lshell-ready-made-checks-*').contains('ok - calls run under arn:aws:sts::000000000000:assumed-role/')
assert json.checks.find { it.name == 'writable /tmp' }.command == 'writable /tmp'
