package io.github.lambdashell.target.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.MemoryMeter;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxWatchTest {
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    private final Container container = (Container) Proxy.newProxyInstance(
            Container.class.getClassLoader(), new Class<?>[] {Container.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "freeze" -> frozen.countDown();
                    case "thaw" -> thawed.countDown();
                    case "memory" -> {
                        return new MemoryMeter();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });

    @Test
    void aSandboxIsNotFrozenWhileItsRuntimeStarts(@TempDir Path folder) throws Exception {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        try (SandboxLog log = SandboxLog.open(folder, "id")) {
            SandboxWatch watch = new SandboxWatch(container, log, 512, Duration.ofSeconds(60), reason -> {}, timers);
            watch.begin();
            watch.end();
            // Crashed and started again at once, which takes longer than two ticks.
            watch.begin();

            assertThat(frozen.await(500, TimeUnit.MILLISECONDS)).isFalse();
            watch.end();
            assertThat(frozen.await(30, TimeUnit.SECONDS)).isTrue();
            watch.begin();
            assertThat(thawed.getCount()).isZero();
            watch.close();
        } finally {
            timers.shutdownNow();
        }
    }

    /** A look each 100 ms would let the log grow by gigabytes in between. */
    @Test
    void aLogIsLimitedWithinMilliseconds(@TempDir Path folder) throws Exception {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        try (SandboxLog log = SandboxLog.open(folder, "id");
                Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                SandboxWatch watch =
                        new SandboxWatch(container, log, 512, Duration.ofSeconds(60), reason -> {}, timers);
                Files.write(file, new byte[11 * 1024 * 1024]);
                long begin = System.nanoTime();
                watch.begin();
                while (Files.size(file) > 1024) {
                    Thread.sleep(1);
                }
                shortest = Math.min(shortest, System.nanoTime() - begin);
                watch.close();
            }
            assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(80));
        } finally {
            timers.shutdownNow();
        }
    }
}
