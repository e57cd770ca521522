def report = { module -> new File(basedir, "${module}/target/lshell-reports/lshell-${module}-check.json") }
def checks = { module -> new groovy.json.JsonSlurper().parse(report(module)).checks*.name }
assert checks('adds') == ['kernel', 'one more']
assert checks('replaces') == ['another instead']

List<String> log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '').readLines()

// Each line names its module, because those of modules that are built at once are mixed.
['inherited-commands', 'adds', 'replaces', 'fails'].each { module ->
    assert log.any { it =~ /^\[INFO] \[${module}] Deploying stack lshell-${module}-\w+ \(local\)/ }
    assert log.any { it =~ /^\[INFO] \[${module}] Removed stack lshell-${module}-\w+ \(local\)/ }
}
assert log.any { it.startsWith('[INFO] [adds] PASS  one more (') }
assert log.any { it.startsWith('[ERROR] [fails] FAIL  kernel (') }
assert log.contains('[ERROR] [fails]       declared in fails/pom.xml, execution check, command 1')
assert log.findAll { it =~ /^\[(INFO|WARNING)] +(PASS|Deploying|Removed|Runtime|Report|Local target)/ } == []

// Modules after one that fails still run, and its last lines name it, its report and its stack.
List<String> end = log.dropWhile { !it.contains('(check) on project fails: these checks did not pass:') }.drop(1)
assert end[0] == '[ERROR] FAIL  kernel (fails/pom.xml, execution check, command 1): stdout is "Linux", but expected "Darwin"'
assert end[1].startsWith('[ERROR] 1 check: 0 passed, 1 failed (')
assert end[2] == '[ERROR] Report: fails/target/lshell-reports/lshell-fails-check.html'
assert end[3] =~ /^\[ERROR] Stack: lshell-fails-\w+ \(local\)/

// A goal on the command line runs once, so it names the other modules.
assert log.contains('[INFO] The goal runs for inherited-commands only; select the stack of another module with -pl :adds,' +
        ' -pl :replaces or -pl :fails')
assert log.contains('[INFO] There is no stack lshell-inherited-commands (local)')
assert !new File(lshellHome, 'stacks').list().any { it =~ /^lshell-(adds|replaces|fails)/ }
