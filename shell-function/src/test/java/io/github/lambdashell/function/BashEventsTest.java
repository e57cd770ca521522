package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bash function's loop that waits for the events of a command. */
class BashEventsTest {
    /** With times that run out again and again, as they do now and then on a busy machine. */
    private static final String EVENTS = """
            . "$1"/command.bash
            IDLE=300 deadline=9999999999999999 silence=(0 0 0) handled=0 last=3000
            now() { now=${EPOCHREALTIME:-$(date +%s.%6N)}; now=${now/./}; }
            heartbeat() { :; }
            handle_event() {
              [[ $* == "output 1 1 file $((handled += 1))" ]] || echo "event $handled was: $*"
              ((handled < last)) || { echo "$handled events"; exit; }
            }
            mkfifo "$2"
            exec {events}<>"$2"
            for ((i = 1; i <= last; i++)); do printf ' output %s %s %s %s\n' 1 1 file $i >&$events; done &
            launcher=$!
            attend
            """;

    @TempDir
    private Path directory;

    @Test
    void noEventIsLostWhenTimeRunsOut() throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        EVENTS,
                        "bash",
                        "src/main/bash",
                        directory.resolve("events").toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("3000 events\n");
        } finally {
            bash.destroyForcibly();
        }
    }
}
