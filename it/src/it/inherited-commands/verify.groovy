def report = { module, type -> new File(basedir, "${module}/target/lshell-reports/${type}") }
def checks = { module ->
    new groovy.json.JsonSlurper().parse(report(module, "lshell-${module}-check.json")).checks
}
assert checks('adds')*.name == ['kernel', 'one more']
assert checks('replaces')*.name == ['another instead']
