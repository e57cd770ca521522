package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A process and all that descend from it, as /proc tells; none where there is no /proc. */
final class ProcessTree {
    private ProcessTree() {}

    /** What /proc/PID/status says of each; a process that ends meanwhile is left out. */
    static List<ProcessStatus> of(long root) {
        List<ProcessStatus> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(String.valueOf(root)));
        while (!open.isEmpty()) {
            String pid = open.pop();
            try {
                found.add(ProcessStatus.read(Path.of("/proc", pid, "status")));
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
}
