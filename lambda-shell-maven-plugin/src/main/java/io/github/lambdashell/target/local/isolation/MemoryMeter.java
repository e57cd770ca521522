package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of a sandbox's processes. A sample reads files of every thread and is expensive; the peak of the largest
 * process, which is nearly always the runtime, is cheap. On a system without /proc everything is 0.
 */
public final class MemoryMeter {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryMeter.class);
    private static final Path MACHINE = Path.of("/proc/meminfo");

    /** Time in which a process runs its program after it was started, also on a busy machine. */
    private static final Duration MAX_START = Duration.ofSeconds(3);

    private final Predicate<ProcessStatus> isOfFunction;
    private long root;
    private Path largest;
    private long peakKb;

    /** Creates a meter of all processes below the watched one. */
    public MemoryMeter() {
        this(process -> true);
    }

    /** @param isOfFunction decides which of the processes below the watched one count */
    MemoryMeter(Predicate<ProcessStatus> isOfFunction) {
        this.isOfFunction = isOfFunction;
    }

    /** Measures from now on the process tree below this process. */
    synchronized void watch(long pid) {
        root = pid;
        largest = null;
    }

    /** Forgets the peak of processes that have ended. */
    public synchronized void reset() {
        largest = null;
        peakKb = 0;
    }

    /**
     * Takes a sample of all processes.
     *
     * @return the memory in use now by all processes together, in MB, without the pages of files
     */
    public synchronized int sampleMb() {
        List<ProcessStatus> processes = processes();
        long ownKb = ownKb(processes);
        note(processes, ownKb);
        return megabytes(ownKb);
    }

    private List<ProcessStatus> processes() {
        List<ProcessStatus> tree = ProcessStatus.tree(root);
        Map<Long, ProcessStatus> byPid =
                tree.stream().collect(Collectors.toMap(ProcessStatus::pid, Function.identity(), (one, same) -> one));
        return tree.stream()
                .filter(isOfFunction)
                .filter(process -> !hasParentsMemory(process, byPid.get(process.parentPid())))
                .toList();
    }

    private static long ownKb(List<ProcessStatus> processes) {
        return processes.stream().mapToLong(ProcessStatus::ownKb).sum();
    }

    private void note(List<ProcessStatus> processes, long ownKb) {
        // Most processes share their pages of files, the runtime's and the C library's: those of one process count.
        note(ownKb + processes.stream().mapToLong(ProcessStatus::fileKb).max().orElse(0));
        largest = processes.stream()
                .max(Comparator.comparingLong(ProcessStatus::residentKb))
                .map(ProcessStatus::file)
                .orElse(null);
    }

    /**
     * Takes a sample of all processes. Pages that several of them share count once, and memory that only a descriptor of
     * memfd_create(2) holds counts too; both are expensive to find out, and are only where they make a difference.
     *
     * @return whether they use more memory than that
     */
    public synchronized boolean exceeds(int limitMb) {
        long limitKb = limitMb * 1024L;
        List<ProcessStatus> processes = processes();
        long ownKb = ownKb(processes);
        if (ownKb <= limitKb) {
            note(processes, ownKb);
        }
        try {
            if (ownKb <= limitKb && ownKb + ProcessStatus.read(MACHINE).sharedKb() <= limitKb) {
                return false;
            }
            MemoryFiles files = MemoryFiles.of(processes);
            if (ownKb + files.sizeKb() <= limitKb) {
                return false;
            }
            // Twice, because the end of a process makes the parts of the others larger while they are added up.
            ownKb = Math.min(exactKb(processes, files), exactKb(processes, files));
        } catch (IOException e) {
            // The system has no /proc, or can't start a process.
            LOG.debug("No exact measure of memory", e);
        }
        note(ownKb);
        return ownKb > limitKb;
    }

    private static long exactKb(List<ProcessStatus> processes, MemoryFiles files) throws IOException {
        return processes.stream().mapToLong(ProcessStatus::proportionalKb).sum() + files.unmappedKb();
    }

    /**
     * Returns whether a process has been started by vfork(2), as a JVM does, and does not run its program yet. It then has
     * the memory of its parent, which Linux counts in full for both.
     */
    private static boolean hasParentsMemory(ProcessStatus process, ProcessStatus parent) {
        return parent != null
                && parent.virtualKb() == process.virtualKb()
                && process.startedAfter(Instant.now().minus(MAX_START))
                // The copy of a fork(2) shares its pages, so each of the two has half of them.
                && process.proportionalKb() > process.ownKb() / 10 * 9;
    }

    /** Returns the highest memory use found so far, in MB. */
    public synchronized int peakMb() {
        if (largest != null) {
            try {
                note(ProcessStatus.read(largest).peakKb());
            } catch (IOException e) {
                // It has ended.
                largest = null;
            }
        }
        return megabytes(peakKb);
    }

    private void note(long kilobytes) {
        peakKb = Math.max(peakKb, kilobytes);
    }

    private static int megabytes(long kilobytes) {
        return (int) ((kilobytes + 1023) / 1024);
    }
}
