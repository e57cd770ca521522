package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waits for all implementations together, as each is silent for more than 10 s. */
class HeartbeatContractTest {
    private static final Set<Implementation> ALL =
            EnumSet.of(Implementation.JAVA, Implementation.NODE, Implementation.BASH);

    @Clause({"F3", "F4"})
    @Test
    @Timeout(180)
    void silenceIsBrokenByAHeartbeat(@TempDir Path directory) {
        List<CompletableFuture<Answer>> answers = ALL.stream()
                .filter(Implementation::isHere)
                .map(implementation -> CompletableFuture.supplyAsync(() -> silent(implementation, directory)))
                .toList();

        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.join().heartbeats).isEqualTo(1);
            assertThat(answer.join().out()).isEqualTo("done\n");
        });
    }

    private static Answer silent(Implementation implementation, Path directory) {
        Path own = directory.resolve(implementation.name());
        try (Function function = new Function(implementation, own, Duration.ofMinutes(2))) {
            return function.run("sleep 12; echo done");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
