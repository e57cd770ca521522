package io.github.lambdashell.function.handler;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a process holds at one time, as /proc and its JVM tell it. */
final class ProcessFigures {
    private static final int SAMPLES = 5;

    private final long pid;
    private final long descriptors;
    private final long threads;
    private final long tmpBytes;
    private final LiveHeap heap;

    private ProcessFigures(long pid) throws IOException, InterruptedException {
        this.pid = pid;
        // First, as a JVM that is asked for it starts a thread and opens a socket.
        heap = LiveHeap.of(pid);
        descriptors = descriptors();
        threads = status(pid, "Threads:");
        tmpBytes = temporaryBytes();
    }

    /** Returns the smallest of a few counts, as the JVM closes the connection for the heap a moment after its answer. */
    private long descriptors() throws InterruptedException {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < SAMPLES; i++) {
            String[] names = new File("/proc/" + pid + "/fd").list();
            smallest = Math.min(smallest, names == null ? 0 : names.length);
            Thread.sleep(1);
        }
        return smallest;
    }

    static ProcessFigures of(long pid) throws IOException, InterruptedException {
        return new ProcessFigures(pid);
    }

    /** Returns the largest resident memory so far, in bytes. */
    static long maxMemoryBytes(long pid) {
        return status(pid, "VmHWM:") * 1024;
    }

    /** Returns the number after a name in the process's status; 0 if the process has ended. */
    private static long status(long pid, String name) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.substring(name.length()).trim().split(" ")[0]);
                }
            }
        } catch (IOException e) {
            // It ended, perhaps between opening and reading the file; or there is no /proc.
        }
        return 0;
    }

    private static long temporaryBytes() throws IOException {
        long[] bytes = {0};
        Path root = Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }

    /** Adds the change since an earlier time to a result; nothing if that was another process. */
    void addGrowth(ProcessFigures first, Map<String, Object> result) {
        if (first.pid != pid) {
            return;
        }
        Map<String, Object> growth = new LinkedHashMap<>();
        growth.put("descriptors", descriptors - first.descriptors);
        growth.put("threads", threads - first.threads);
        growth.put("tmpBytes", tmpBytes - first.tmpBytes);
        if (heap.reason == null && first.heap.reason == null) {
            growth.put("heapBytes", heap.bytes - first.heap.bytes);
        } else {
            result.put("heapReason", heap.reason == null ? first.heap.reason : heap.reason);
        }
        result.put("growth", growth);
    }
}
