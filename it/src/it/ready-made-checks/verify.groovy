context.get('database').close()
context.get('secureDatabase').close()
String log = new File(basedir, 'build.log').text
assert log.contains('18 checks: 16 passed, 2 skipped')

def json = new groovy.json.JsonSlurper().parse(
        new File(basedir, 'target/lshell-reports/lshell-ready-made-checks-default.json'))
def stdout = { name -> json.checks.find { it.name == name }.stdout.text }
// JNA brings its library for many platforms.
assert stdout('nativeLibraries') =~ /ok - \d+ native librar(y|ies) resolves?.*\nok - \d+ more are for other platforms/
assert stdout('classLoads com.example.Handler::handleRequest').contains('loads on Java')
assert stdout('classPath') =~ /ok - the class path has no fault that is known: \/var\/task, 1 jar and \d+ classes on Java \d+, compared with 2 artifacts of the build/
assert stdout('native libraries that are loaded by name') =~ /ok - c loads by JNA.*\nok - com.sun.jna.Native loads: /
assert stdout('the JVM of production').contains('ok - cds: used is ')
assert stdout('a certificate that is renewed in time') =~ /ok - 127.0.0.1:\d+ answers with TLSv1.3 and /
// The local target can't check an identity, and every report contains the reason.
String reason = 'the local target has no AWS identity; run it with target=aws'
def identity = json.checks.find { it.name == 'identity lshell-ready-made-checks-*' }
assert identity.status == 'skipped'
assert identity.reason == reason
assert log.contains("SKIP  identity lshell-ready-made-checks-* (${reason})")
File reports = new File(basedir, 'target/lshell-reports')
assert new File(reports, 'TEST-lshell-ready-made-checks-default.xml').text.contains("<skipped message=\"${reason}\"")
assert new File(reports, 'lshell-ready-made-checks-default.html').text.contains(reason)
assert json.checks.find { it.name == 'writable /tmp' }.command == 'writable /tmp'
