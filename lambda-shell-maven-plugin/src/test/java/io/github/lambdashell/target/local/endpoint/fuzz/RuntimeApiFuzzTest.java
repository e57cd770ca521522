package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.fuzz.FuzzPlays.End;
import io.github.lambdashell.target.local.endpoint.fuzz.FuzzPlays.Play;
import io.github.lambdashell.target.local.runtimeapi.Extensions;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Malformed answers of runtimes. Some in every build; more with {@code -Dlshell.fuzz.answers=50000
 * -Dtest=RuntimeApiFuzzTest}.
 */
@Timeout(3600)
class RuntimeApiFuzzTest {
    private static final int ANSWERS = Watch.count("answers", 1000);
    private static final int TIMEOUT_MILLIS = 3000;

    @RegisterExtension
    private final Watch watch = new Watch();

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private RuntimeApi api;
    private PlayedRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        api = new RuntimeApi((peer, local) -> true, Extensions.NONE);
        runtime = new PlayedRuntime(api);
    }

    @AfterEach
    void close() throws Exception {
        timers.shutdownNow();
        api.close();
        runtime.kill();
    }

    @Test
    void noAnswerBreaksTheRuntimeApiOrLeavesTheCallerWaiting() throws Exception {
        for (int i = 0; i < ANSWERS; i++) {
            if (i == Math.min(ANSWERS / 2, 5000)) {
                watch.isWarm();
            }
            Random random = new Random(Watch.seed(i));
            FuzzPlays plays = new FuzzPlays(random, new Mutator(random));
            Play play = i % 100 == 0 ? plays.answer("right") : plays.next();
            String what = play.kind() + " answer " + i + " of seed " + Watch.SEED;
            try {
                watch.ended(play.kind() + " " + run(play));
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(what + ": " + e, e);
            }
        }
        watch.assertHealthy("answers", ANSWERS);
    }

    /** Returns how it ended. */
    private String run(Play play) throws IOException, InterruptedException {
        runtime.give(play.part());
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        boolean isFailed = !isStarted() || !isAnswered(payload);
        assertThat(runtime.takeFault()).isNull();
        if (play.end() != End.EITHER) {
            assertThat(isFailed).as("failed").isEqualTo(play.end() == End.FAILED);
        }
        if (play.end() == End.ANSWERED) {
            assertThat(payload.toByteArray()).isEqualTo(play.payload());
        }
        return isFailed ? "failed" : "answered";
    }

    private boolean isStarted() throws IOException, InterruptedException {
        if (runtime.isRunning()) {
            return true;
        }
        api.reset();
        runtime.start();
        RuntimeApi.End end = api.initialize(Duration.ofSeconds(30));
        assertThat(end).isNotEqualTo(RuntimeApi.End.TIME_LIMIT);
        return isIdle(end);
    }

    private boolean isAnswered(ByteArrayOutputStream payload) throws InterruptedException {
        InvocationRequest request =
                new InvocationRequest(UUID.randomUUID().toString(), "arn", "{}".getBytes(UTF_8), Optional.empty());
        ScheduledFuture<?> timeout = timers.schedule(api::abort, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        RuntimeApi.End end = api.invoke(request, Instant.now(), new ResponseSink() {
            @Override
            public void start(String contentType) {}

            @Override
            public void write(byte[] bytes) {
                payload.writeBytes(bytes);
            }
        });
        timeout.cancel(false);
        isIdle(end);
        return api.isAnswered() && api.failure().isEmpty();
    }

    /** Ends a runtime that can't go on. */
    private boolean isIdle(RuntimeApi.End end) throws InterruptedException {
        boolean isIdle = end == RuntimeApi.End.IDLE && !api.isTruncated();
        if (!isIdle) {
            runtime.kill();
        }
        return isIdle;
    }
}
