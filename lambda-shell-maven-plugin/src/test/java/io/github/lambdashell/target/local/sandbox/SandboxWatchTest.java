package io.github.lambdashell.target.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.isolation.MemoryMeter;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
}
