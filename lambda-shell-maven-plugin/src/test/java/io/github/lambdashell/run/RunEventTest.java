package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.protocol.HandlerResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunEventTest {
    private static Optional<String> failure(HandlerResult.Error... errors) {
        HandlerResult result = new HandlerResult(
                1,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                errors.length,
                List.of(errors),
                0,
                Optional.empty(),
                Optional.empty());
        return RunEvent.failure(result, "the function's timeout of 60 s");
    }

    @Test
    void theFailureOfTheHandlerIsThatOfTheGoal() {
        assertThat(failure()).isEmpty();
        assertThat(failure(new HandlerResult.Error(1, "java.lang.IllegalStateException", "no order", List.of())))
                .hasValue("The handler failed with java.lang.IllegalStateException: no order");
        assertThat(failure(
                        new HandlerResult.Error(0, "java.lang.ClassNotFoundException", "com.example.App", List.of())))
                .hasValue("The handler could not be initialized: java.lang.ClassNotFoundException: com.example.App");
        assertThat(failure(new HandlerResult.Error(1, HandlerResult.Error.TIMEOUT, "", List.of())))
                .hasValue("The handler was ended by the function's timeout of 60 s; set a longer timeout"
                        + " (lshell.timeout)");
    }
}
