package io.github.lambdashell.target.aws;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CloudFormation, S3 or STS refuse, break off, or are not there, and it is got over. */
class ControlPlaneFaultsTest {
    @RegisterExtension
    private final Account account = new Account();

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

        assertThatThrownBy(this::deploy).isInstanceOf(ShellException.class).hasMessageContaining("was not AWS");
        assertThat(account.endpoint().count("CreateStack")).isZero();
    }

    @Test
    void anAnswerWithoutABodyIsAwssWhateverItCallsItself() throws InterruptedException {
        // As moto 5.2.1 answers for an object that it has stored.
        HttpAnswer stored = HttpAnswer.of(200, "text/html; charset=utf-8", "")
                .with("x-amzn-requestid", "SxDAoP869sLzb3ND")
                .with("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
        account.endpoint().fault("PutObject", EVERY_CALL, (call, upstream, wire) -> {
            upstream.answer(call);
            wire.send(stored, 0);
        });

        deploy();

        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void aRefusalInAFormThatIsNotAwssIsQuoted() {
        // As moto 5.2.1 words it.
        account.endpoint().fault("CreateStack", EVERY_CALL, Fault.answer(HttpAnswer.of(403, "text/xml", """
                                <ErrorResponse><Errors><Error><Code>AccessDenied</Code>
                                  <Message>%s</Message></Error></Errors></ErrorResponse>
                                """.formatted(
                        "not you! ".repeat(100)))));

        assertThatThrownBy(this::deploy)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("the endpoint answered HTTP 403: <ErrorResponse><Errors><Error><Code>AccessDenied"
                        + "</Code> <Message>not you! not you!")
                .hasMessageContaining("[...]. Correct what the message names");
    }

    @Test
    void anEmulatorWithoutAnIdentityServiceIsDeployedTo() throws InterruptedException {
        account.endpoint().fault("GetCallerIdentity", EVERY_CALL, Fault.answer(HttpAnswer.of(501, "text/plain", "")));

        deploy();

        assertThat(account.lines())
                .startsWith(
                        "AWS account unknown, region eu-west-1, as an identity that this endpoint does not return, at "
                                + account.endpoint().uri());
        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.records()).isEmpty();
    }

    private void deploy() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
    }
}
