package io.github.lambdashell.function.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
