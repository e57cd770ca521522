package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stack that is up already, on the local target, and builds that say what its function is like. */
class FunctionDifferencesTest {
    @RegisterExtension
    private final Account account = new Account();

    @Test
    void differencesFromTheDeployedStackAreReportedInOneLine() throws InterruptedException {
        assertThat(warnings(said("x86_64", 1024, 90, Map.of("TABLE", "new", "STAGE", "prod", "MORE", "secret"))))
                .containsExactly("demo is used as it is deployed: memorySize is 512 in the stack, 1024 in this build;"
                        + " timeout is 60 in the stack, 90 in this build; environmentVariables are 2 in the stack, 3 in"
                        + " this build; lshell:deploy updates it");
    }

    @Test
    void equalAndUnconfiguredSettingsAreNotReported() throws InterruptedException {
        assertThat(warnings(said("x86_64", 512, 60, Map.of("TABLE", "orders", "STAGE", "prod"))))
                .isEmpty();
        assertThat(warnings(FunctionSettings.NONE)).isEmpty();
    }

    @Test
    void aListThatTheBuildLeavesEmptyIsNotCompared() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        // As moto tells an empty list.
        account.stacks().find("demo").orElseThrow().parameters().put("Layers", "['']");
        List<String> before = List.copyOf(account.lines());

        account.take(Account.config("demo"), said("x86_64", 512, 60, Map.of()), account)
                .close();

        assertThat(account.lines()).containsExactlyElementsOf(before);
    }

    @Test
    void toCompareAsksAwsForNothingMore() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().heal();

        account.take(Account.config("demo"), said("x86_64", 1024, 60, Map.of()), account)
                .close();

        assertThat(account.endpoint().counts()).containsExactly(Map.entry("DescribeStacks", 1));
    }

    @Test
    void aStackWithoutParametersIsUsedWithoutAWarning() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks().find("demo").orElseThrow().parameters().clear();
        List<String> before = List.copyOf(account.lines());

        account.take(Account.config("demo"), said("arm64", 1024, 90, Map.of()), account)
                .close();

        assertThat(account.lines()).containsExactlyElementsOf(before);
    }

    private static FunctionSettings said(
            String architecture, int memorySize, int timeout, Map<String, String> variables) {
        return new FunctionSettings(
                null,
                architecture,
                memorySize,
                Duration.ofSeconds(timeout),
                512,
                variables,
                List.of(),
                null,
                null,
                null);
    }

    private List<String> warnings(FunctionSettings said) throws InterruptedException {
        FunctionSettings deployed = said("x86_64", 512, 60, Map.of("TABLE", "orders", "STAGE", "prod"));
        Warnings warnings = new Warnings();
        try (Target target = Targets.open(account.localTarget())) {
            new StackDeployment(target, account.home(), warnings).deploy(config(deployed));
            StackLease.take(target, new StackLease.Request(config(said), said, false, account.home()), warnings)
                    .close();
        }
        return warnings.lines;
    }

    private static StackConfig config(FunctionSettings settings) {
        return Account.config("demo", settings.complete("java21"));
    }
}
