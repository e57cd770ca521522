package io.github.lambdashell.function.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** A process of the system as Linux' /proc shows it; there are none where there is no /proc. */
public final class SystemProcess {
    /** Clock ticks in a second, as /proc counts them: 100 on every architecture that Lambda has. */
    private static final long TICKS = 100;

    private static final Path PROC = Paths.get("/proc");

    /** Whether the system has a /proc. */
    public static final boolean SHOWN = Files.exists(PROC.resolve("self/stat"));

    public final long pid;

    /** The program's, cut by the system after 15 bytes. */
    public final String name;

    private final boolean ended;
    private final long startTicks;

    private SystemProcess(String stat) {
        // PID (NAME) STATE ..., START is the 22nd. The name may itself hold blanks and parentheses.
        int nameStart = stat.indexOf('(');
        int nameEnd = stat.lastIndexOf(')');
        String[] fields = stat.substring(nameEnd + 2).split(" ");
        pid = Long.parseLong(stat.substring(0, nameStart - 1));
        name = stat.substring(nameStart + 1, nameEnd);
        ended = "ZX".contains(fields[0]);
        startTicks = Long.parseLong(fields[19]);
    }

    /** The time since the system's start, in the unit of {@link #startedSince}. */
    public static long now() {
        String uptime = read(PROC.resolve("uptime"));
        return uptime.isEmpty() ? 0 : (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * TICKS);
    }

    /**
     * The living processes that started at {@code ticks} or later, without this one.
     *
     * @throws IOException when the system doesn't list its processes
     */
    public static List<SystemProcess> startedSince(long ticks) throws IOException {
        List<SystemProcess> processes = new ArrayList<>();
        if (!SHOWN) {
            return processes;
        }
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                String stat = read(directory.resolve("stat"));
                if (!stat.isEmpty()) {
                    SystemProcess process = new SystemProcess(stat);
                    if (process.startTicks >= ticks && !process.ended && process.pid != self) {
                        processes.add(process);
                    }
                }
            }
        }
        return processes;
    }

    /** Returns whether its environment at the program's start contains {@code assignment}. */
    public boolean hasVariable(String assignment) {
        String environment = '\0' + read(PROC.resolve(pid + "/environ")) + '\0';
        return environment.contains('\0' + assignment + '\0');
    }

    /** Returns whether one of its descriptors has one of {@code links} as its target in /proc. */
    public boolean holds(List<String> links) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (links.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Ended meanwhile, or another user's: not a process of the command.
            return false;
        }
        return false;
    }

    /** The file's bytes as characters; nothing when the process has ended or is somebody else's. */
    private static String read(Path file) {
        // Starts faster than a channel.
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
