context.get('endpoints').each { it.close() }
String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

// The caller and the region, before anything is changed.
assert log.contains('AWS account 123456789012, region eu-west-1, as arn:aws:sts::123456789012:assumed-role/developer/alice')
assert log.contains('[INFO] Deploying stack lshell-on-aws (aws)')
assert log.contains('[INFO] Stack lshell-on-aws (aws) is up to date')
assert log.contains('AWS credentials come from env vars')
assert !log.contains('wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY')

assert log =~ /\[INFO] lshell-on-aws \(aws, account 123456789012, eu-west-1\): java\d+, .*, last use unknown, of /
assert log =~ /\[INFO]   to remove it: mvn lshell:teardown -Dlshell.stackName=lshell-on-aws -Dlshell.target=aws .*-Dlshell.region=eu-west-1/
assert log.contains('==> 2026/11/29/[$LATEST]1 <==\n2026-11-29T00:00:00Z START RequestId: 1 Version: $LATEST\n')

assert log.readLines().contains('hello')
assert log =~ /\[WARNING\] lshell-on-aws expired \d+ s ago; lshell:deploy extends it, lshell:teardown removes it/

// Calls for the stack use the proxy directly, invocations a tunnel through it.
def proxied = context.get('endpoints')[0].calls().findAll { it.headers()['proxy-authorization'] == 'Basic YWxpY2U6czNjcmV0' }
assert proxied*.operation().containsAll(['DescribeStacks', 'CONNECT'])
assert log.contains('the endpoint is not reachable (no such host, aws.direct.invalid)')

assert log.contains("lshell-on-aws, of ${System.getProperty('user.name')}, ")
assert log.contains('Nothing was removed; to remove without a confirmation, set -Dlshell.yes')
assert log =~ /\[INFO] Removed stack lshell-on-aws \(aws\) after \d+ \w+: 1 invocation, 11 ms billed/

assert log.contains("Can't ask AWS who you are: AWS answered ExpiredToken")
assert log.contains('log in again (aws login, aws sso login) and repeat the goal')
assert log.contains('target=aws needs the network, but Maven is offline (-o)')

assert context.get('aws').cloudFormation().names().isEmpty()
assert context.get('aws').s3().buckets().isEmpty()
