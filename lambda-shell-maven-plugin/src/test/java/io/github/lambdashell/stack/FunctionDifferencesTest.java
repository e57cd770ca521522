package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FunctionConfig;
import io.github.lambdashell.fake.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stack that is up already, on the local target, and builds that say what its function is like. */
class FunctionDifferencesTest {
    @RegisterExtension
    private final Account account = new Account();

    @Test
    void whatTheBuildSaysAndTheStackHasOtherwiseIsToldInOneLine() throws InterruptedException {
        assertThat(warnings(said("x86_64", 1024, 90, Map.of("TABLE", "new", "STAGE", "prod", "MORE", "secret"))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("demo is used as it is deployed: memorySize is 512 in the stack, 1024 in this build;"
                        + " timeout is 60s in the stack, 90s in this build; ")
                .contains("the environment variable TABLE has another value in the stack; ")
                .contains("the environment variable MORE is not set in the stack; ")
                .endsWith("; lshell:deploy changes it")
                .doesNotContain("STAGE", "secret");
    }

    @Test
    void whatIsTheSameOrNotSaidIsNotTold() throws InterruptedException {
        assertThat(warnings(said("x86_64", 512, 60, Map.of("TABLE", "orders")))).isEmpty();
        assertThat(warnings(FunctionSettings.NONE)).isEmpty();
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
        FunctionConfig function = said("x86_64", 512, 60, Map.of("TABLE", "orders", "STAGE", "prod"))
                .config("java21");
        StackConfig config = new StackConfig(
                "demo", function, null, Map.of(), null, List.of(), null, null, null, Duration.ofDays(1));
        List<String> warnings = new ArrayList<>();
        StackProgress progress = new StackProgress() {
            @Override
            public void step(String line) {}

            @Override
            public void warning(String line) {
                warnings.add(line);
            }

            @Override
            public void resource(String resource, String type, String status) {}
        };
        try (AwsClients clients = new AwsClients(account.localTarget())) {
            new StackDeployment(clients, progress).deploy(config);
            StackLease.take(clients, config, said, false, progress).close();
        }
        return warnings;
    }
}
