package io.github.lambdashell.aws;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Target;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.stack.StackDeployment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads when CloudFormation, S3 or STS refuse, break off, or are not there. */
class ControlPlaneFaultsTest {
    @RegisterExtension
    private final Account account = new Account();

    static Stream<Arguments> answers() {
        return Stream.of(
                query("GetCallerIdentity", 403, "ExpiredToken", "The security token has expired", "log in again"),
                query(
                        "DescribeStacks",
                        403,
                        "InvalidClientTokenId",
                        "token is invalid",
                        "Check the credentials in use"),
                query("CreateStack", 400, "OptInRequired", "subscribe", "the account has enabled this region"),
                query(
                        "DescribeStacks",
                        403,
                        "SignatureDoesNotMatch",
                        "Signature expired: 20260101T000000Z is now earlier than 20261130T000000Z",
                        "this machine's clock is wrong"),
                query(
                        "CreateStack",
                        403,
                        "AccessDenied",
                        "User: arn:aws:iam::1:user/eve is not authorized to perform: cloudformation:CreateStack on"
                                + " resource: arn:aws:cloudformation:eu-west-1:1:stack/demo/* with an explicit deny in"
                                + " a service control policy",
                        "arn:aws:iam::1:user/eve may not do cloudformation:CreateStack on"
                                + " arn:aws:cloudformation:eu-west-1:1:stack/demo/*, with an explicit deny in a service"
                                + " control policy"),
                query(
                        "CreateStack",
                        400,
                        "LimitExceededException",
                        "Limit for stack has been exceeded",
                        "Service Quotas"),
                query(
                        "UpdateStack",
                        400,
                        "ValidationError",
                        "Parameters: [X] must have values",
                        "Mend what the answer"),
                s3(403, "AccessDenied", "Access Denied", "Ask for this permission"),
                s3(404, "NoSuchBucket", "The specified bucket does not exist", "or leave it away"),
                s3(301, "PermanentRedirect", "must be addressed using the specified endpoint", "in another region"));
    }

    private static Arguments query(String operation, int status, String code, String message, String words) {
        return Arguments.of(operation, code, HttpAnswer.queryError(status, code, message), words);
    }

    private static Arguments s3(int status, String code, String message, String words) {
        return Arguments.of("PutObject", code, HttpAnswer.s3Error(status, code, message), words);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("answers")
    void aRefusalIsSaidWithItsRemedyAndLeavesNothing(String operation, String code, HttpAnswer answer, String words) {
        account.endpoint().fault(operation, EVERY_CALL, Fault.answer(answer));

        assertThatThrownBy(this::deploy)
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("Can't ")
                .hasMessageContaining(words);
        assertThat(account.stacks().names()).isEmpty();
    }

    @Test
    void aThrottleThatPassesIsWaitedFor() throws InterruptedException {
        account.endpoint()
                .fault("DescribeStacks", 1, Fault.answer(HttpAnswer.queryError(400, "Throttling", "Rate exceeded")));

        deploy();

        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void aConnectionThatBreaksAfterTheStackWasMadeMakesNoSecondOne() throws InterruptedException {
        account.endpoint().fault("CreateStack", 1, Fault.resetBeforeTheAnswer());

        deploy();

        assertThat(account.stacks().made()).isEqualTo(1);
        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgain() throws InterruptedException {
        account.endpoint().fault("DescribeStackEvents", 2, Fault.resetAfter(40));

        deploy();

        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void aPageOfHtmlIsNotTakenForAnAccountWithoutStacks() {
        account.endpoint()
                .fault("DescribeStacks", EVERY_CALL, Fault.answer(HttpAnswer.of(200, "text/html", "<html/>")));

        assertThatThrownBy(this::deploy)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("was not AWS, but sent text/html (HTTP 200), as proxies and login portals do")
                .hasMessageContaining("the right proxy in Maven's settings");
        assertThat(account.endpoint().count("CreateStack")).isZero();
    }

    @Test
    void anErrorWithoutACodeIsSaidByItsStatus() {
        account.endpoint()
                .fault("GetCallerIdentity", EVERY_CALL, Fault.answer(HttpAnswer.of(503, "text/plain", "busy")));

        assertThatThrownBy(this::deploy)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("HTTP 503")
                .hasMessageContaining("repeat the goal in a minute");
    }

    @Test
    void anEmulatorWithoutAnIdentityServiceIsDeployedTo() throws InterruptedException {
        account.endpoint().fault("GetCallerIdentity", EVERY_CALL, Fault.answer(HttpAnswer.of(501, "text/plain", "")));

        deploy();

        assertThat(account.lines())
                .startsWith("AWS account unknown, region eu-west-1, as an identity that this endpoint doesn't tell");
        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void anEndpointThatNobodyListensAtIsNamed() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertUnreachable(nobody, "Connection refused");
        assertUnreachable(URI.create("http://no-such-host.invalid"), "no such host, no-such-host.invalid");
    }

    private void assertUnreachable(URI endpoint, String words) {
        TargetConfig target = new TargetConfig(Target.AWS, null, null, endpoint, account.home());
        try (AwsClients clients = new AwsClients(target)) {
            assertThatThrownBy(() -> new StackDeployment(clients, account).deploy(Account.config("demo")))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("the endpoint is not reachable (")
                    .hasMessageContaining(words)
                    .hasMessageContaining("lshell.endpoint");
        }
    }

    private void deploy() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
    }
}
