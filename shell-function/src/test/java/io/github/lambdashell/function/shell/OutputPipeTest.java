package io.github.lambdashell.function.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.state.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OutputPipeTest {
    @Test
    void bothKindsOfPipesServeOneCommandAfterTheOther() throws IOException {
        for (OutputPipe pipe : List.of(OutputPipe.named(), OutputPipe.pair().get(0))) {
            try {
                assertThat(outputOf("echo one; sleep .1; echo two", pipe)).isEqualTo("one\ntwo\n");
                assertThat(outputOf("printf three", pipe)).isEqualTo("three");
            } finally {
                pipe.close();
            }
        }
    }

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

    private static String outputOf(String command, OutputPipe pipe) throws IOException {
        new ProcessBuilder("/bin/sh", "-c", command)
                .redirectOutput(pipe.writeEnd())
                .start();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        for (int length = pipe.read(); length >= 0; length = pipe.read()) {
            output.write(pipe.buffer, 0, length);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
