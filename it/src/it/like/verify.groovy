import io.github.lambdashell.target.aws.AwsClients
import io.github.lambdashell.config.TargetConfig

List<String> log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '').readLines()

assert log.any { it.contains('like arn:aws:lambda:us-east-1:000000000000:function:orders-prod') }
assert log.any { it.contains('not copied: its code and the handler index.handler') }
assert log.any { it.contains('not copied: the values of STAGE, TABLE, which are empty where this build sets none (likeValues copies them)') }
assert log.any { it.contains('3 checks: 3 passed') }

// With likeValues.
assert log.contains('orders-of-this-year')

File home = new File(basedir, 'home')
new AwsClients(new TargetConfig(TargetConfig.Kind.LOCAL, null, null, null, home.toPath())).withCloseable { clients ->
    def shell = clients.cloudFormation().describeStackResource {
        it.stackName('lshell-like').logicalResourceId('ShellFunction')
    }.stackResourceDetail().physicalResourceId()
    def copied = clients.functions().getFunction { it.functionName(shell) }.configuration()
    assert copied.memorySize() == 1024
    assert copied.timeout() == 90
    assert copied.runtimeAsString() == 'java21'
    assert copied.environment().variables().STAGE == 'dev'

    assert clients.functions().getFunction { it.functionName('orders-prod') }.configuration() == context.get('production')
}
