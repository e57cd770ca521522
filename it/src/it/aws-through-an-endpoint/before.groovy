import io.github.lambdashell.fake.FakeAws
import io.github.lambdashell.fault.Fault
import io.github.lambdashell.fault.FaultyEndpoint
import io.github.lambdashell.fault.HttpAnswer

// An account that lives as long as this build, and another one where the credentials have expired.
def aws = new FakeAws()
def account = FaultyEndpoint.before(aws)
def expired = FaultyEndpoint.before(new FakeAws()).fault('GetCallerIdentity', FaultyEndpoint.EVERY_CALL,
        Fault.answer(HttpAnswer.queryError(403, 'ExpiredToken', 'The security token included in the request is expired')))
context.put('aws', aws)
context.put('endpoints', [account, expired])

new File(basedir, '.mvn').mkdirs()
new File(basedir, '.mvn/maven.config').text = "-Daccount.endpoint=${account.uri()}\n-Dexpired.endpoint=${expired.uri()}\n"

true
