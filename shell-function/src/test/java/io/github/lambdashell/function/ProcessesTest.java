package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a command counts as ended, and what is ended with it. */
@Timeout(60)
class ProcessesTest {
    /** Longer than any test may take. */
    private static final String FOREVER = "600";

    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = new Sandbox();
    }

    @Test
    void aProcessThatHoldsTheOutputIsNamedAndLivesOn() throws Exception {
        Path file = directory.resolve("written");
        Answer answer = sandbox.run("(sleep 1.5; echo late; echo there > " + file + ") & echo soon");

        assertThat(answer.out()).isEqualTo("soon\n");
        assertThat(answer.exitCode()).isZero();
        JsonNode stragglers = answer.result().get("stragglers");
        assertThat(stragglers.findValuesAsText("name")).containsExactlyInAnyOrder("bash", "sleep");
        assertThat(stragglers.findValues("pid")).allMatch(JsonNode::isIntegralNumber);
        // Its `echo late` has nobody who listens, and must not break it.
        await(() -> Files.exists(file));
        assertThat(sandbox.run("echo next").out()).isEqualTo("next\n");
    }

    @Test
    void aProcessThatHoldsNoOutputIsNotWaitedFor() throws Exception {
        Path file = directory.resolve("written");
        Answer answer = sandbox.run("(sleep 1; echo there > " + file + ") >/dev/null 2>&1 & echo soon");

        assertThat(answer.result().get("durationMillis").asLong()).isLessThan(900);
        assertThat(answer.result().has("stragglers")).isFalse();
        await(() -> Files.exists(file));
    }

    @Test
    void outputAfterTheShellIsReadAsLongAsItKeepsComing() throws Exception {
        Answer answer = sandbox.run("(for i in 1 2 3 4 5 6 7 8; do sleep .1; echo $i; done) & echo 0");

        assertThat(answer.out()).isEqualTo("0\n1\n2\n3\n4\n5\n6\n7\n8\n");
        assertThat(answer.result().has("stragglers")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 600",
                "sleep 600; echo never",
                "sleep 600 & sleep 600 & wait",
                "trap '' TERM; sleep 600; sleep 600",
                "setsid sleep 600",
                "(setsid sleep 600 &); sleep 600",
                "(setsid sleep 600 >/dev/null 2>&1 &); sleep 600",
                "env -i setsid sleep 600 & sleep 600",
                "env -i sleep 600 >/dev/null 2>&1 & sleep 600",
                "nohup sleep 600 & sleep 600",
                "sleep 600 & exit 0",
                "(while :; do echo x; done) & exit 0",
                "while :; do :; done",
                "yes | while read x; do :; done",
                "kill -STOP $$",
                "f() { (trap '' TERM; sleep 600 & f2) & wait; }; f2() { sleep 600; }; f",
            })
    void nothingOutlivesTheTimeout(String command) throws Exception {
        // A length of sleep that is nobody else's.
        String seconds = "6" + System.nanoTime() % 1_000_000;
        Map<String, Object> request = Sandbox.command("echo begun; " + command.replace(FOREVER, seconds));
        // Silence of half a second would end some of them first.
        request.put("timeoutMillis", 400);
        Answer answer = sandbox.ask(request);

        assertThat(answer.result().get("timedOut").asBoolean()).isTrue();
        assertThat(answer.out()).startsWith("begun\n");
        assertThat(answer.result().get("durationMillis").asLong()).isBetween(400L, 20_000L);
        assertThat(alive(seconds)).isEmpty();
    }

    @Test
    void whatAnEarlierCommandLeftOutlivesTheTimeoutOfALaterOne() throws Exception {
        String seconds = "6" + System.nanoTime() % 1_000_000;
        Map<String, Object> request = Sandbox.command("sleep 600");
        request.put("timeoutMillis", 100);
        sandbox.run("sleep " + seconds + " >/dev/null 2>&1 &");
        sandbox.ask(request);

        List<ProcessHandle> alive = alive(seconds);
        assertThat(alive).hasSize(1);
        alive.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aCommandEndsShortlyBeforeLambdasDeadline() throws Exception {
        Answer answer = sandbox.ask(Sandbox.command("echo begun; sleep 600"), new FixedContext(Duration.ofSeconds(2)));

        assertThat(answer.result().get("timedOut").asBoolean()).isTrue();
        assertThat(answer.out()).isEqualTo("begun\n");
        assertThat(answer.exitCode()).isEqualTo(128 + 15);
        assertThat(answer.result().get("durationMillis").asLong()).isBetween(1790L, 2000L);
    }

    @Test
    void aCommandThatLearnsOfItsTimeoutCanStillSaySomething() throws Exception {
        Map<String, Object> request = Sandbox.command("trap 'echo cleaned; exit 9' TERM; sleep 600 & wait");
        request.put("timeoutMillis", 300);
        Answer answer = sandbox.ask(request);

        assertThat(answer.out()).isEqualTo("cleaned\n");
        assertThat(answer.exitCode()).isEqualTo(9);
        assertThat(answer.result().get("timedOut").asBoolean()).isTrue();
    }

    @Test
    void hundredsOfCommandsLeaveNothingBehind() throws Exception {
        Map<String, Object> request = Sandbox.command("echo x; echo y >&2; cat; : & ");
        request.put("stdin", "eA==");
        request.put("wantState", true);
        for (int i = 0; i < 50; i++) {
            sandbox.ask(request);
        }
        long descriptors = count(Path.of("/proc/self/fd"));
        long threads = count(Path.of("/proc/self/task"));
        long temporary = count(Path.of(System.getProperty("java.io.tmpdir")));
        for (int i = 0; i < 300; i++) {
            assertThat(sandbox.ask(request).out()).isEqualTo("x\nx");
        }
        assertThat(count(Path.of("/proc/self/fd"))).isLessThanOrEqualTo(descriptors + 2);
        assertThat(count(Path.of("/proc/self/task"))).isLessThanOrEqualTo(threads + 2);
        // Others use that directory too.
        assertThat(count(Path.of(System.getProperty("java.io.tmpdir")))).isLessThan(temporary + 100);
        await(() -> ProcessHandle.current().descendants().findAny().isEmpty());
    }

    private static List<ProcessHandle> alive(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + seconds))
                .toList();
    }

    private static long count(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
