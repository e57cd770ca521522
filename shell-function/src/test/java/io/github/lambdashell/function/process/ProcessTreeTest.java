package io.github.lambdashell.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ending everything that a command started. */
@Timeout(60)
class ProcessTreeTest {
    /** A bash that gets the signal after its child has ended of it runs the next command. */
    @Test
    void anInterruptedShellDoesNotRunItsNextCommand() throws Exception {
        for (int i = 0; i < 30; i++) {
            long start = SystemProcess.now();
            Process bash = new ProcessBuilder("bash", "-c", "sleep 600 | sleep 600 | sleep 600; echo next").start();
            while (bash.descendants()
                            .filter(process ->
                                    process.info().command().orElse("").endsWith("sleep"))
                            .count()
                    < 3) {
                Thread.sleep(1);
            }
            new ProcessTree(bash.toHandle(), start, "NO_MARKER=", List.of()).end(Signal.INT, 2000);

            assertThat(bash.inputReader().lines()).isEmpty();
            assertThat(bash.waitFor()).isEqualTo(128 + 2);
        }
    }
}
