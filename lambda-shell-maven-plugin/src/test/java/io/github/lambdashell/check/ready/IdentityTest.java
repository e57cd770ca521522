package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.aws.AwsTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose calls a function's are, asked by the function itself. */
class IdentityTest {
    @RegisterExtension
    private final Account account = new Account();

    @ParameterizedTest
    @CsvSource({
        "orders, arn:*:sts::*:assumed-role/orders/*",
        "orders-*, arn:*:sts::*:assumed-role/orders-*/*",
        "arn:aws:iam::1:role/orders, arn:aws:sts::1:assumed-role/orders/*",
        "arn:aws-cn:iam::*:role/a/path/orders, arn:aws-cn:sts::*:assumed-role/orders/*",
        "arn:aws:sts::1:assumed-role/orders/f, arn:aws:sts::1:assumed-role/orders/f",
        "arn:aws:iam::1:user/bob, arn:aws:iam::1:user/bob"
    })
    void aRoleIsConvertedToItsCallerPatternInSts(String written, String caller) {
        assertThat(Identity.parse(written).callerPattern()).isEqualTo(caller);
    }

    @Test
    void theFunctionComparesItsCallerInStsWithTheRole() throws InterruptedException {
        AwsEmulator endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        TargetConfig config = new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home());
        try (endpoint;
                Target target = new AwsTarget(config)) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);
            DeployedStack stack = deployment.deploy(Account.config("identity")).stack();

            List<CheckResult> results = Checks.runOnAws(
                    """
                    - identity: identity-FunctionRole-*
                    - identity: arn:aws:iam::000000000000:role/orders
                    - name: nothing but that
                      run: |
                        curl -s -X GET --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
                          -H "X-Amz-Security-Token: $AWS_SESSION_TOKEN" --aws-sigv4 "aws:amz:$AWS_REGION:lambda" \\
                          "$AWS_ENDPOINT_URL_STS/2015-03-31/functions/"
                      stdout:
                        contains: is not authorized to perform
                    - name: a wrong token
                      identity: identity-*
                      environmentVariables: {AWS_SESSION_TOKEN: another}
                    - name: no credentials
                      identity: identity-*
                      environmentVariables: {AWS_ACCESS_KEY_ID: null}
                    - name: nobody listens
                      identity: identity-*
                      environmentVariables: {AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1'}
                    """,
                    new StepSession(Connection.to(stack, target, account.home()).function()));
            deployment.remove("identity");

            String role = "arn:aws:sts::000000000000:assumed-role/identity-FunctionRole-";
            assertThat(texts(results.get(0))).isEmpty();
            assertThat(texts(results.get(1)))
                    .singleElement()
                    .asString()
                    .startsWith("calls run under " + role)
                    .endsWith(", but expected arn:aws:iam::000000000000:role/orders");
            assertThat(texts(results.get(2))).isEmpty();
            assertThat(texts(results.get(3)))
                    .containsExactly(
                            "STS rejects the credentials: The security token included in the request" + " is invalid.");
            assertThat(texts(results.get(4)))
                    .containsExactly("calls run under no identity: the environment has no credentials");
            assertThat(texts(results.get(5)))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "identity could not be checked: STS could not be called at http://127.0.0.1:1: curl: (7)");
        }
    }

    private static List<String> texts(CheckResult result) {
        assertThat(result.reason()).isEmpty();
        return result.violations().stream().map(Violation::text).toList();
    }
}
