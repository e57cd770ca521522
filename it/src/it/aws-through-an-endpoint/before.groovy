import io.github.lambdashell.fake.FakeAws
import io.github.lambdashell.fault.Fault
import io.github.lambdashell.fault.FaultyEndpoint
import io.github.lambdashell.fault.HttpAnswer

// An account that exists as long as this build, and one for which the credentials are expired.
def aws = new FakeAws()
def account = FaultyEndpoint.before(aws)
def expired = FaultyEndpoint.before(new FakeAws()).fault('GetCallerIdentity', FaultyEndpoint.EVERY_CALL,
        Fault.answer(HttpAnswer.queryError(403, 'ExpiredToken', 'The security token included in the request is expired')))
context.put('aws', aws)

def group = 'lshell-on-aws-loggroup-abc123'
aws.logs().create(group)
aws.logs().add(group, '2026/11/29/[$LATEST]1', java.time.Instant.parse('2026-11-29T00:00:00Z').toEpochMilli(),
        'START RequestId: 1 Version: $LATEST\n')
context.put('endpoints', [account, expired])

new File(basedir, '.mvn').mkdirs()
new File(basedir, '.mvn/maven.config').text = "-Daccount.endpoint=${account.uri()}\n-Dexpired.endpoint=${expired.uri()}\n"

// The account's endpoint accepts calls for any host, so it is also a proxy.
new File(basedir, 'proxied.xml').text = """
<settings>
  <proxies>
    <proxy>
      <id>to-the-account</id>
      <protocol>http</protocol>
      <host>127.0.0.1</host>
      <port>${account.uri().port}</port>
      <username>alice</username>
      <password>s3cret</password>
      <nonProxyHosts>localhost|*.direct.invalid</nonProxyHosts>
    </proxy>
  </proxies>
</settings>
"""

true
