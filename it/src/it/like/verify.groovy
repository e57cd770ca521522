List<String> log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '').readLines()

assert log.any { it.contains('Copying the settings of arn:aws:lambda:us-east-1:000000000000:function:orders-prod') }
assert log.any { it.contains('not copied: its code and the handler ') }
assert log.any { it.contains('not copied: the values of STAGE, TABLE, which are empty where this build sets none (likeValues copies them)') }
assert log.any { it.contains('3 checks: 3 passed') }

// With likeValues.
assert log.contains('orders-of-this-year')

def function = { stack ->
    new groovy.json.JsonSlurper().parse(new File(basedir, "home/local/stacks/${stack}/stack.json")).function
}
def copied = function('lshell-like')
assert copied.settings.memorySize == 1024
assert copied.settings.timeout == 'PT1M30S'
assert copied.settings.runtime == 'java21'
assert copied.settings.environmentVariables.STAGE == 'dev'

// The copied function is only read.
def original = function('orders-prod')
assert original.settings.runtime == 'python3.13'
assert original.settings.environmentVariables.STAGE == 'prod'
