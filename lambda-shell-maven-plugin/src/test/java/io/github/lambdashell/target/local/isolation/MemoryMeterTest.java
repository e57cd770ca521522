package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MemoryMeterTest {
    private static final int NUMBER = 50;

    /** A thousand shells have their libraries in memory once. */
    @Test
    void pagesOfFilesThatManyProcessesShareCountOnce() throws Exception {
        Process shell = new ProcessBuilder(
                        "sh", "-c", "for i in $(seq " + NUMBER + "); do sleep 60 & done; echo started; wait")
                .start();
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("started");
            MemoryMeter meter = new MemoryMeter();
            meter.watch(shell.pid());

            int own = meter.sampleMb();

            // Afterwards, because a process that has just been forked grows until it runs its program.
            List<ProcessStatus> processes = ProcessStatus.tree(shell.pid());
            assertThat(processes).hasSize(NUMBER + 1);
            long allKb = processes.stream().mapToLong(ProcessStatus::residentKb).sum();
            assertThat(meter.peakMb()).isBetween(own, (int) (allKb / 1024 / 2));
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
        }
    }
}
