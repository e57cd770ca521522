package io.github.lambdashell.function.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.state.Shell;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningCommandTest {
    private static final OutputSink NOWHERE = new OutputSink() {
        @Override
        public void output(int channel, byte[] bytes, int length) {}

        @Override
        public void idle() {}
    };

    @Test
    void inputThatIsAcceptedWhileACommandEndsComesBack() throws Exception {
        CommandRunner runner = new CommandRunner(Shell.BASH);
        for (int i = 0; i < 100; i++) {
            Command command = new Command("sleep 0.002", new byte[0], true, null, Map.of(), null, false);
            RunningCommand running = runner.start(command, "Root=1", NOWHERE);
            StringBuilder accepted = new StringBuilder();
            Thread typing = new Thread(() -> {
                for (int n = 0; running.feed((n + "\n").getBytes()); n++) {
                    accepted.append(n).append('\n');
                    Thread.onSpinWait();
                }
            });
            typing.start();
            running.await(System.nanoTime() + TimeUnit.SECONDS.toNanos(10), 100);
            typing.join();

            assertThat(new String(running.unreadInput())).as("command %d", i).isEqualTo(accepted.toString());
        }
    }

    /** Its pipe must have no writer but the shell. */
    @Test
    void aHereDocumentAtTheBeginningOfACommandEnds() throws Exception {
        CommandRunner runner = new CommandRunner(Shell.BASH);
        for (int i = 0; i < 200; i++) {
            Command command =
                    new Command("while read -r x; do :; done <<< text", new byte[0], true, null, Map.of(), null, false);
            long start = System.nanoTime();
            runner.start(command, "Root=1", NOWHERE).await(start + TimeUnit.SECONDS.toNanos(5), 100);

            assertThat(System.nanoTime() - start).as("command %d", i).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
    }
}
