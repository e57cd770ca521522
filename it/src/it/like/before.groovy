import io.github.lambdashell.target.aws.AwsClients
import io.github.lambdashell.config.TargetConfig
import software.amazon.awssdk.services.cloudformation.model.Capability

// The local target of this build alone, with a function in production.
File home = new File(basedir, 'home')
home.deleteDir()
context.get('userProperties').put('lshell.home', home.path)

new AwsClients(new TargetConfig(TargetConfig.Kind.LOCAL, null, null, null, home.toPath())).withCloseable { clients ->
    clients.cloudFormation().createStack { it
            .stackName('orders')
            .capabilities(Capability.CAPABILITY_IAM)
            .templateBody('''
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-prod
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/orders
      Code: {ZipFile: "exports.handler = async () => 1"}
      MemorySize: 1024
      Timeout: 90
      Environment:
        Variables: {TABLE: orders-of-this-year, STAGE: prod}
''') }
    clients.cloudFormation().waiter().waitUntilStackCreateComplete { it.stackName('orders') }
    context.put('production', clients.functions().getFunction { it.functionName('orders-prod') }.configuration())
}
true
