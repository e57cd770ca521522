package io.github.lambdashell.function.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of the project's handler, with a program in the place of Lambda's runtime. */
@Timeout(60)
class HandlerProcessTest {
    @TempDir
    private Path directory;

    /** A process with memory to free, whose end takes the system some time. */
    public static final class Busy {
        public static void main(String[] arguments) throws Exception {
            byte[] memory = new byte[Integer.parseInt(arguments[1])];
            Arrays.fill(memory, (byte) 1);
            Files.createFile(Path.of(arguments[0]));
            while (memory.length > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @RepeatedTest(10)
    void aKilledProcessTakesNoFurtherEvent() throws Exception {
        Path started = directory.resolve("started");
        HandlerProcess process = new HandlerProcess(
                "com.example.App",
                false,
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of(Busy.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Busy.class.getName(),
                        started.toString(),
                        "" + (100 << 20)));
        while (!Files.exists(started)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(1);
        }

        process.kill();

        assertThat(process.isAlive()).isFalse();
    }
}
