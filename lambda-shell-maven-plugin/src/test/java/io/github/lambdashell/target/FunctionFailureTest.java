package io.github.lambdashell.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.ShellException;
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
        "Runtime.ExitError, INIT_REPORT Init Duration: 1 ms, true",
        "Runtime.ImportModuleError, '', false",
        "Unhandled, '', false"
    })
    void itIsTheCommandsFaultWhereAnotherOneMayFareBetter(String type, String log, boolean commands) {
        String details = "{\"errorType\": \"" + type + "\", \"errorMessage\": \"it ended\"}";

        assertThat(FunctionFailure.of("Unhandled", details, log) instanceof CommandFaultException)
                .isEqualTo(commands);
    }

    @ParameterizedTest
    @CsvSource({
        "Extension.Crash, 'An extension of the function failed: Extension.Crash, it ended'",
        "Extension.ExitError, 'An extension of the function failed: Extension.ExitError, it ended'",
        "Extension.InitError, 'The function could not start, so the command did not run: Extension.InitError, it ended'"
    })
    void anExtensionMayFailWhileTheCommandRuns(String type, String problem) {
        String details = "{\"errorType\": \"" + type + "\", \"errorMessage\": \"it ended\"}";

        assertThat(FunctionFailure.of("Unhandled", details, "").problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "256 | 256 | The function ran out of memory: it used all of its 256 MB | larger <memorySize>",
                "256 | 87 | The function was killed while the command ran: Runtime exited with error: signal: killed,"
                        + " after using 87 of 256 MB | ends processes other than its own"
            })
    void memoryIsTheReasonOnlyIfAllOfItWasUsed(int size, int used, String problem, String remedy) {
        String details =
                "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: X Error: Runtime exited with error:"
                        + " signal: killed\"}";
        String log = "REPORT RequestId: X\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: " + size
                + " MB\tMax Memory Used: " + used + " MB\tStatus: error\tError Type: Runtime.ExitError\n";

        ShellException failure = FunctionFailure.of("Unhandled", details, log);

        assertThat(failure.problem()).isEqualTo(problem);
        assertThat(failure.remedy()).contains(remedy);
    }
}
