package io.github.lambdashell.target.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.isolation.ExitStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeFailureTest {
    @ParameterizedTest
    @CsvSource({
        "0, Runtime exited without providing a reason, Runtime exited without providing a reason",
        "1, Runtime exited with error: exit status 1, Runtime exited with error: exit status 1",
        "134, Runtime exited with error: signal: aborted, Runtime exited with error: signal: aborted",
        "137, Runtime exited with error: signal: killed, Runtime exited with error: signal: killed",
        "143, Runtime exited with error: signal: terminated, Runtime exited with error: exit status 143",
        "192, Runtime exited with error: exit status 192, Runtime exited with error: exit status 192"
    })
    void aDeathByASignalIsNamedUnlessAJvmTurnsItIntoAnExit(int status, String message, String messageOfJava) {
        assertThat(RuntimeFailure.exited(new ExitStatus(status), false).message())
                .isEqualTo(message);
        assertThat(RuntimeFailure.exited(new ExitStatus(status), true).message())
                .isEqualTo(messageOfJava);
    }
}
