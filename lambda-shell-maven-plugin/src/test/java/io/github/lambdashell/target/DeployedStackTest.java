package io.github.lambdashell.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeployedStackTest {
    private static DeployedStack stack(FunctionSettings settings) {
        return new DeployedStack(
                "demo",
                StackLocation.LOCAL,
                "demo",
                settings,
                0,
                "",
                Optional.empty(),
                StackOrigin.of("demo", Duration.ofDays(1), Instant.now()));
    }

    @Test
    void theTimeoutIsNamedWithItsDuration() {
        DeployedStack stack = stack(FunctionSettings.NONE.complete("java21"));

        assertThat(stack.timeout()).contains(Duration.ofMinutes(1));
        assertThat(stack.timeoutText()).isEqualTo("the function's timeout of 1 min");
    }

    /** Some emulators return a stack without its parameters. */
    @Test
    void aTimeoutThatTheTargetDoesNotReturnIsNamedWithoutItsDuration() {
        DeployedStack stack = stack(FunctionSettings.NONE);

        assertThat(stack.timeout()).isEmpty();
        assertThat(stack.timeoutText()).isEqualTo("the function's timeout");
    }
}
