package io.github.lambdashell.function.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.process.OutputPipe;
import io.github.lambdashell.function.process.OutputSink;
import io.github.lambdashell.function.state.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OutputDrainTest {
    @Test
    void outputIsNotSilentBeforeALateReaderHasReadWhatAShellWrote() throws IOException, InterruptedException {
        List<OutputPipe> pipes = OutputPipe.pair();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        OutputDrain drain = new OutputDrain(pipes, new CommandRunner(Shell.BASH), new OutputSink() {
            @Override
            public void output(int channel, byte[] bytes, int length) {
                output.write(bytes, 0, length);
            }

            @Override
            public void idle() {}
        });
        Process straggler = start("exec sleep 60", pipes);
        try {
            start("echo out", pipes).waitFor();
            long end = System.nanoTime();
            assertThat(drain.quietNanos(end)).isZero();

            ExecutorService threads = Executors.newCachedThreadPool();
            drain.start(threads);
            threads.shutdown();
            while (drain.quietNanos(end) == 0) {
                Thread.onSpinWait();
            }
            assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("out\n");
        } finally {
            straggler.destroy();
        }
    }

    private static Process start(String command, List<OutputPipe> pipes) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", command)
                .redirectOutput(pipes.get(0).writeEnd())
                .redirectError(pipes.get(1).writeEnd())
                .start();
    }
}
