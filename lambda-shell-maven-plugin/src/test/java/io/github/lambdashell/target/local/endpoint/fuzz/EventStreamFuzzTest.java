package io.github.lambdashell.target.local.endpoint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.target.aws.AwsFunction;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Malformed answers of an endpoint, as the client of the goals reads them. Four hundred in every build; more with
 * {@code -Dlshell.fuzz.streams=50000 -Dtest=EventStreamFuzzTest}.
 */
@Timeout(3600)
class EventStreamFuzzTest {
    private static final int STREAMS = Watch.count("streams", 400);
    private static final int PATIENCE_SECONDS = 30;

    @RegisterExtension
    private final Account account = new Account();

    /** The SDK's HTTP client loses a buffer in one of some 50,000 connections that break: its memory is what counts. */
    @RegisterExtension
    private final Watch watch = new Watch(ResourceLeakDetector.Level.DISABLED);

    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        caller.shutdownNow();
    }

    @Test
    void noMalformedStreamPassesAsCompleteOrHangsTheClient() throws Exception {
        ShellFunction client = new ShellFunction(
                new AwsFunction(account.newClients().lambda(), "function", Optional.empty(), report -> {}));
        byte[] right = FuzzStreams.right();
        FuzzStreams.Case sound = new FuzzStreams.Case("right", true, right, right.length);
        assertThat(invoke(client, sound)).isEqualTo("right answered");
        for (int i = 0; i < STREAMS; i++) {
            if (i == Math.min(STREAMS / 2, 1000)) {
                watch.isWarm();
            }
            FuzzStreams.Case stream = new FuzzStreams(Watch.seed(i)).next();
            String what = stream.kind() + " stream " + i + " of seed " + Watch.SEED;
            try {
                watch.ended(invoke(client, stream));
            } catch (TimeoutException e) {
                throw new AssertionError("no end of " + what, e);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause() + " for " + what, e.getCause());
            }
        }
        assertThat(invoke(client, sound)).isEqualTo("right answered");
        watch.assertHealthy("streams", STREAMS);
    }

    /** How it ended. */
    private String invoke(ShellFunction client, FuzzStreams.Case stream) throws Exception {
        // Forgets the calls before, of which there are too many to keep.
        account.endpoint().heal();
        account.endpoint().fault("InvokeWithResponseStream", FaultyEndpoint.EVERY_CALL, (call, upstream, wire) -> {
            wire.send(
                    new HttpAnswer(200, Map.of("Content-Type", "application/vnd.amazon.eventstream"), stream.body()),
                    stream.sent());
            if (stream.sent() < stream.body().length) {
                wire.reset();
            }
        });
        Future<String> end = caller.submit(() -> {
            Output output = new Output();
            try {
                ShellResult result = client.invoke(ShellRequest.command("anything"), output);
                if (stream.isProtected()) {
                    assertThat(output.stdout).hasToString(FuzzStreams.OUTPUT);
                    assertThat(result.exitCode()).isZero();
                }
                return stream.kind() + " answered";
            } catch (ShellException e) {
                assertThat(e.problem()).isNotBlank();
                assertThat(e.remedy()).isNotBlank();
                return stream.kind() + " refused";
            }
        });
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Output implements FrameListener {
        final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            stdout.write(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            // Of no interest here.
        }
    }
}
