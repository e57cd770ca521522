package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The file /proc/PID/status, of which the lines on memory and namespaces (proc(5)). */
final class ProcessStatus {
    private final Path file;
    private final String text;

    private ProcessStatus(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static ProcessStatus read(Path file) throws IOException {
        return new ProcessStatus(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    /**
     * Returns the status of a process and of all its descendants. Leaves out a process that ends meanwhile; empty where there
     * is no /proc.
     */
    static List<ProcessStatus> tree(long root) {
        List<ProcessStatus> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(String.valueOf(root)));
        while (!open.isEmpty()) {
            String pid = open.pop();
            try {
                found.add(read(Path.of("/proc", pid, "status")));
                addChildren(Path.of("/proc", pid, "task"), open);
            } catch (IOException e) {
                // It has ended, or the system has no /proc.
            }
        }
        return found;
    }

    /** Children belong to the thread that started them. */
    private static void addChildren(Path tasks, Deque<String> pids) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String children =
                        new String(Files.readAllBytes(thread.resolve("children")), StandardCharsets.US_ASCII).strip();
                if (!children.isEmpty()) {
                    pids.addAll(List.of(children.split(" ")));
                }
            }
        }
    }

    /** Kills processes; has no effect on those that have ended. */
    static void kill(List<ProcessStatus> processes) {
        processes.stream()
                .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    Path file() {
        return file;
    }

    long pid() {
        return Long.parseLong(line("Pid:"));
    }

    long parentPid() {
        return Long.parseLong(line("PPid:"));
    }

    /** Returns whether it is known to have started after a time. */
    boolean startedAfter(Instant time) {
        return ProcessHandle.of(pid())
                .flatMap(process -> process.info().startInstant())
                .filter(time::isBefore)
                .isPresent();
    }

    /** Whether it is in a namespace of processes below this one's. */
    boolean isInside() {
        return ids().length > 1;
    }

    /** Whether it is in a namespace of processes below this one's and is not the namespace's first process. */
    boolean isHeld() {
        String[] ids = ids();
        return ids.length > 2 || ids.length == 2 && !ids[1].equals("1");
    }

    /** Returns its ids in the namespaces from outer to inner. A line reads {@code NSpid: 4711 1}. */
    private String[] ids() {
        return line("NSpid:").split("\\s+");
    }

    /** Returns the memory in use now, with the pages of files that are mapped. */
    long residentKb() {
        return kilobytes("VmRSS:");
    }

    /** Returns the most that was ever in use. */
    long peakKb() {
        return kilobytes("VmHWM:");
    }

    /** Returns the memory in use now, without the pages of files, which several processes may share. */
    long ownKb() {
        return kilobytes("RssAnon:") + kilobytes("RssShmem:");
    }

    /** Returns the size of the address space. */
    long virtualKb() {
        return kilobytes("VmSize:");
    }

    /** Returns the pages of files in use now. */
    long fileKb() {
        return kilobytes("RssFile:");
    }

    /** Returns the memory in use now, without the pages of files; a page of several processes counts in parts. */
    long proportionalKb() {
        try {
            ProcessStatus pages = read(file.resolveSibling("smaps_rollup"));
            return pages.kilobytes("Pss_Anon:") + pages.kilobytes("Pss_Shmem:");
        } catch (AccessDeniedException e) {
            // The first process of a sandbox hides this.
            return ownKb();
        } catch (IOException e) {
            // It has ended.
            return 0;
        }
    }

    /** Returns the machine's shared memory and memory-based files, if this is /proc/meminfo. */
    long sharedKb() {
        return kilobytes("Shmem:");
    }

    /** A line reads {@code VmHWM:   51234 kB}; a zombie has none. */
    private long kilobytes(String name) {
        String line = line(name);
        return line.isEmpty() ? 0 : Long.parseLong(line.replace("kB", "").strip());
    }

    /** Returns the rest of the line that starts with a name; empty where there is no such line. */
    private String line(String name) {
        int start = text.indexOf("\n" + name);
        return start < 0
                ? ""
                : text.substring(start + 1 + name.length(), text.indexOf('\n', start + 1))
                        .strip();
    }
}
