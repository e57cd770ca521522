package io.github.lambdashell.target.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.isolation.Container;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SandboxWatchTest {
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    private final Container container = (Container) Proxy.newProxyInstance(
            Container.class.getClassLoader(), new Class<?>[] {Container.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "freeze" -> frozen.countDown();
                    case "thaw" -> thawed.countDown();
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });

    @Test
    void anInvocationThatComesLateAfterItsWakeUpFindsTheSandboxAwake() throws Exception {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        try {
            SandboxWatch watch = new SandboxWatch(container, null, 512, Duration.ofSeconds(60), timers);
            watch.wake();
            assertThat(frozen.await(30, TimeUnit.SECONDS))
                    .as("idle for two ticks")
                    .isTrue();

            watch.begin(null, "request");

            watch.close();
            assertThat(thawed.getCount()).isZero();
        } finally {
            timers.shutdownNow();
        }
    }
}
