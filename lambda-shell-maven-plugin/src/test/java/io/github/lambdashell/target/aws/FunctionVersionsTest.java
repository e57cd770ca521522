package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.stack.StackLease;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published versions and aliases of a stack's function. */
class FunctionVersionsTest {
    @RegisterExtension
    private final Account account = new Account();

    private static StackConfig config(boolean publish, boolean snapStart, String qualifier) {
        return config(FunctionSettings.NONE.complete("java21"), publish, snapStart, qualifier);
    }

    private static StackConfig config(FunctionSettings function, boolean publish, boolean snapStart, String qualifier) {
        return StackConfigs.version(function, publish, snapStart, qualifier);
    }

    private StackLease take(StackConfig config) throws InterruptedException {
        return account.take(config, FunctionSettings.NONE, account);
    }

    /** Invokes the lease's function and returns the name in the request's path. */
    private String invoked(StackLease lease) throws InterruptedException {
        new ShellFunction(account.target().connect(lease.stack(), report -> {}))
                .invoke(ShellRequest.command("true"), new Silence());
        return account.endpoint().calls().stream()
                .filter(call -> call.operation().equals("InvokeWithResponseStream"))
                .map(call -> call.path().split("/")[3])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTemporaryStacksVersionIsInvokedWhenItsSnapshotExistsAndLeavesNothing() throws InterruptedException {
        try (StackLease lease = take(config(true, true, null))) {
            assertThat(account.stacks().find(lease.stack().name()).orElseThrow().parameters())
                    .containsEntry("SnapStart", "PublishedVersions");
            assertThat(invoked(lease)).endsWith(":1");
        }
        assertThat(account.endpoint().count("PublishVersion")).isEqualTo(1);
        assertThat(account.endpoint().count("GetFunctionConfiguration"))
                .as("$LATEST after the creation in express mode and before publishing, twice Pending, Active")
                .isEqualTo(5);
        assertThat(String.join("\n", account.lines()))
                .contains("Published version 1 of ")
                .containsPattern("Version 1 of \\S+ is ready after \\d");
        account.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs24.x", "provided.al2023", "ruby3.4"})
    void aVersionOfAnyRuntimeIsPublishedWithoutSnapStart(String runtime) throws InterruptedException {
        account.aws().lambda().snapStart("None");
        StackConfig config = config(FunctionSettings.NONE.complete(runtime), true, false, null);

        try (StackLease lease = take(config)) {
            assertThat(account.stacks().find(lease.stack().name()).orElseThrow().parameters())
                    .doesNotContainEntry("SnapStart", "PublishedVersions");
            assertThat(invoked(lease)).endsWith(":1");
        }
        assertThat(String.join("\n", account.lines()))
                .contains("Published version 1 of ")
                .doesNotContain("snapshot");
        account.assertNothingIsLeft();
    }

    @Test
    void aDeployDeletesVersionsButTheLastTwoAndThoseOfAliases() throws InterruptedException {
        account.aws().lambda().refer("2");
        for (int memory = 512; memory <= 516; memory++) {
            deployWith(memory);
        }

        assertThat(account.aws().lambda().versions()).containsExactly("2", "4", "5");
        assertThat(account.lines())
                .anyMatch(line -> line.matches("Deleted version 1 of \\S+"))
                .anyMatch(line -> line.matches("Kept version 2 of \\S+, because an alias refers to it"));
    }

    @Test
    void oldVersionsThatCantBeDeletedAreReportedAndDoNotFailTheDeploy() throws InterruptedException {
        account.endpoint()
                .fault(
                        "ListVersionsByFunction",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.lambdaError(
                                403,
                                "AccessDeniedException",
                                "{\"Message\":\"User: arn:aws:iam::123456789012:user/bob is not authorized to perform:"
                                        + " lambda:ListVersionsByFunction on resource: demo\"}")));
        deployWith(512);
        deployWith(513);

        assertThat(account.aws().lambda().versions()).containsExactly("1", "2");
        assertThat(account.lines()).anyMatch(line -> line.contains("lambda:ListVersionsByFunction"));
    }

    private void deployWith(int memory) throws InterruptedException {
        FunctionSettings function = new FunctionSettings(
                        "java21", null, memory, null, null, Map.of(), null, null, null, null)
                .complete("java21");
        account.aws().lambda().change();
        account.deployment().deploy(config(function, true, false, null));
    }

    @Test
    void aDeployedStacksVersionIsPublishedByADeployAndByItsUse() throws InterruptedException {
        account.deployment().deploy(config(true, true, null));
        assertThat(account.endpoint().count("PublishVersion")).isEqualTo(1);
        try (StackLease lease = take(config(true, true, null))) {
            assertThat(invoked(lease)).endsWith(":1");
        }
    }

    @ParameterizedTest
    @CsvSource({"test, 1", "live, 0"})
    void aPublishedVersionGetsItsAlias(String alias, int creations) throws InterruptedException {
        try (StackLease lease = take(config(true, false, alias))) {
            assertThat(invoked(lease)).endsWith(":" + alias);
        }
        assertThat(account.endpoint().count("UpdateAlias")).isEqualTo(1);
        assertThat(account.endpoint().count("CreateAlias")).isEqualTo(creations);
        assertThat(account.lines()).anyMatch(line -> line.matches("Alias " + alias + " of \\S+ is version 1"));
        account.assertNothingIsLeft();
    }

    @Test
    void aStackThatIsDeployedWithoutSnapStartIsNotPublished() throws InterruptedException {
        account.deployment().deploy(config(false, false, null));
        account.aws().lambda().snapStart("None");

        assertThatThrownBy(() -> take(config(true, true, null)))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("has no SnapStart")
                .hasMessageContaining(
                        "lshell:deploy -Dlshell.snapStart, or use it as it is with -Dlshell.snapStart=false");
        assertThat(account.endpoint().count("PublishVersion")).isZero();
    }

    @Test
    void aSnapshotThatFailsIsReportedInLambdasWordsAndLeavesNothing() {
        account.aws().lambda().failSnapshot();

        assertThatThrownBy(() -> take(config(true, true, null)))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("AWS can't initialize version 1 of ")
                .hasMessageContaining("the handler failed (FunctionError)");
        account.assertNothingIsLeft();
    }

    @Test
    void aMissingPermissionToPublishIsNamed() {
        account.endpoint()
                .fault(
                        "PublishVersion",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.lambdaError(
                                403,
                                "AccessDeniedException",
                                "{\"Message\":\"User: arn:aws:iam::123456789012:user/bob is not authorized to perform:"
                                        + " lambda:PublishVersion on resource: arn:aws:lambda:eu-west-1:123456789012:"
                                        + "function:demo because no identity-based policy allows the"
                                        + " lambda:PublishVersion action\"}")));

        assertThatThrownBy(() -> take(config(true, true, null))).hasMessageContaining("lambda:PublishVersion");
        account.assertNothingIsLeft();
    }

    @Test
    void theConfiguredAliasIsInvoked() throws InterruptedException {
        account.deployment().deploy(config(false, false, null));
        try (StackLease lease = take(config(false, false, "live"))) {
            assertThat(invoked(lease)).endsWith(":live");
        }
        assertThatThrownBy(() -> take(config(false, false, "stale")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("has no version or alias 'stale'");
    }

    @Test
    void anAliasOfAStackThatIsNotDeployedIsRefusedBeforeAnythingIsCreated() {
        assertThatThrownBy(() -> take(config(false, false, "live")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(
                        "There is no stack demo (aws), and the function of a new one has no version or alias"
                                + " 'live'");
        assertThat(account.endpoint().count("CreateStack")).isZero();
    }
}
