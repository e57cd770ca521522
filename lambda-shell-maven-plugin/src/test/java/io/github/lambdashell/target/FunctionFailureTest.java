package io.github.lambdashell.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionFailureTest {
    @ParameterizedTest
    @CsvSource({
        "Sandbox.Timedout, '', true",
        "Runtime.OutOfMemory, '', true",
        "Runtime.ExitError, '', true",
        "Function.ResponseSizeTooLarge, '', true",
        "Runtime.ExitError, INIT_REPORT Init Duration: 1 ms Status: error, false",
        "Runtime.ImportModuleError, '', false",
        "Unhandled, '', false"
    })
    void itIsTheCommandsFaultWhereAnotherOneMayFareBetter(String type, String log, boolean commands) {
        String details = "{\"errorType\": \"" + type + "\", \"errorMessage\": \"it ended\"}";

        assertThat(FunctionFailure.of("Unhandled", details, log) instanceof CommandFaultException)
                .isEqualTo(commands);
    }
}
