package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The memory of a sandbox's processes. A sample reads files of every thread and is expensive; the peak of the largest
 * process, which is nearly always the runtime, is cheap. On a system without /proc everything is 0.
 */
public final class MemoryMeter {
    private long root;
    private Path largest;
    private long peakKb;

    /** Measures from now on the process tree below this process. */
    synchronized void watch(long pid) {
        root = pid;
        largest = null;
    }

    /**
     * Takes a sample of all processes.
     *
     * @return the memory in use now by all processes together, in MB, without the pages of files
     */
    public synchronized int sampleMb() {
        List<ProcessStatus> processes = ProcessStatus.tree(root);
        long ownKb = processes.stream().mapToLong(ProcessStatus::ownKb).sum();
        // Most processes share their pages of files, the runtime's and the C library's: those of one process count.
        note(ownKb + processes.stream().mapToLong(ProcessStatus::fileKb).max().orElse(0));
        largest = processes.stream()
                .max(Comparator.comparingLong(ProcessStatus::residentKb))
                .map(ProcessStatus::file)
                .orElse(null);
        return megabytes(ownKb);
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
