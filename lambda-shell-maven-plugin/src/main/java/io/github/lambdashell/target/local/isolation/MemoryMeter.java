package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The memory of a sandbox's processes. Whole samples take a look at every thread, so they are for now and then; the
 * peak of the largest process, which is nearly always the runtime, is cheap to ask for. On a system without /proc
 * everything is 0.
 */
public final class MemoryMeter {
    private long root;
    private Path largest;
    private long peakKb;

    /** Measures from now on the tree of this process, which is the sandbox's first. */
    synchronized void watch(long pid) {
        root = pid;
        largest = null;
    }

    /**
     * Takes a sample of all processes.
     *
     * @return what they use together now, in MB, without the pages of files
     */
    public synchronized int sampleMb() {
        List<ProcessStatus> processes = ProcessTree.of(root);
        long ownKb = processes.stream().mapToLong(ProcessStatus::ownKb).sum();
        // Those of the process that has most stand for all, for most are the same: the runtime's and the C library's.
        note(ownKb + processes.stream().mapToLong(ProcessStatus::fileKb).max().orElse(0));
        largest = processes.stream()
                .max(Comparator.comparingLong(ProcessStatus::residentKb))
                .map(ProcessStatus::file)
                .orElse(null);
        return megabytes(ownKb);
    }

    /** The most that was found in use so far, in MB. */
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
