def checks = { module ->
    File report = new File(basedir, "${module}/target/lshell-reports/lshell-${module}-check.json")
    new groovy.json.JsonSlurper().parse(report).checks*.name
}
assert checks('adds') == ['kernel', 'one more']
assert checks('replaces') == ['another instead']
