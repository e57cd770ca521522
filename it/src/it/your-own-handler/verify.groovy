String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

for (name in [
    'answers an order event',
    'refuses an empty event',
    'answers an event of EventBridge',
    'starts with a first event of its own',
    'an event in this file',
    'its limit of open files',
    'restores from a snapshot',
]) {
    assert log.contains("[INFO] PASS  $name (") : name
}
assert log =~ /PASS  leaks nothing \(.+, 200 invocations, p50 \S+ \S+, p95 \S+ \S+\)/
assert log.contains('8 checks: 8 passed')

File reports = new File(basedir, 'target/lshell-reports')
def json = new groovy.json.JsonSlurper().parse(new File(reports, 'lshell-your-own-handler-default.json'))
def handlers = json.checks.collectEntries { [it.name, it.handler] }
def many = handlers['leaks nothing']
assert many.name == 'com.example.OrderHandler::handleRequest'
assert many.failed == 0
assert many.durations.count == 200
assert many.growth.keySet() == ['descriptors', 'threads', 'tmpBytes', 'heapBytes'] as Set
// One process takes all events; a check that is isolated, or has other settings, has its own.
assert handlers['answers an event of EventBridge'].pid == many.pid
assert many.initMillis == null
assert handlers['starts with a first event of its own'].initMillis > 0
assert handlers['restores from a snapshot'].snapStart
assert handlers['restores from a snapshot'].restoreMillis > 0
assert handlers['refuses an empty event'].errors*.type == ['java.lang.IllegalArgumentException']

def xml = new groovy.xml.XmlSlurper().parse(new File(reports, 'TEST-lshell-your-own-handler-default.xml'))
assert xml.@tests == 8 && xml.@failures == 0 && xml.@errors == 0
def figures = xml.properties.property.find { it.@name == 'lshell.handler.leaks nothing' }.@value.text()
assert figures =~ /^invocations 200; p50 .*; p95 .*; max .*; handler memory .*; growth .* of heap$/
