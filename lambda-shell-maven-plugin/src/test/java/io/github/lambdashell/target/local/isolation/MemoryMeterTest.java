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

    /** A JVM starts programs so: until the new process runs its program, it has the JVM's memory, and not a copy. */
    @Test
    void memoryOfAProcessThatHasJustBeenStartedByVforkCountsOnce() throws Exception {
        // CLONE_VM | CLONE_VFORK | SIGCHLD
        int clone = System.getProperty("os.arch").equals("aarch64") ? 220 : 56;
        Process parent = new ProcessBuilder("perl", "-e", """
                my $memory = "x" x (200 << 20);
                $| = 1;
                print "started\n";
                sleep 60 if syscall(%d, 0x4111, 0, 0, 0, 0) == 0;
                """.formatted(clone)).start();
        try {
            assertThat(parent.inputReader().readLine()).isEqualTo("started");
            while (ProcessStatus.tree(parent.pid()).size() < 2) {
                Thread.sleep(1);
            }
            MemoryMeter meter = new MemoryMeter();
            meter.watch(parent.pid());

            int parentMb = (int) (ProcessStatus.tree(parent.pid()).get(0).ownKb() / 1024);

            assertThat(meter.sampleMb()).isBetween(parentMb, parentMb * 3 / 2);
            assertThat(meter.exceeds(parentMb * 3 / 2)).isFalse();
            assertThat(meter.peakMb()).isLessThan(parentMb * 3 / 2);
            assertThat(meter.exceeds(parentMb / 2)).isTrue();
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor();
        }
    }
}
