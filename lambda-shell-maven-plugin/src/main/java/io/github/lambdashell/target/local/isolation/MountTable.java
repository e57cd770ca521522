package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The mounts of this machine, from /proc/self/mountinfo (proc(5)). */
final class MountTable {
    /** Read-only, with the restrictions that every file of the machine gets in a sandbox. */
    private static final String READ_ONLY = "ro,nosuid,nodev";

    private final List<Entry> entries;

    private record Entry(Path point, boolean isExecutable) {
        /** A line reads {@code 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw}. */
        static Entry parse(String line) {
            String[] fields = line.split(" ");
            return new Entry(
                    Path.of(unescape(fields[4])), !List.of(fields[5].split(",")).contains("noexec"));
        }
    }

    private MountTable(List<Entry> entries) {
        this.entries = entries;
    }

    static MountTable read() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    }

    static MountTable parse(List<String> lines) {
        return new MountTable(lines.stream().map(Entry::parse).toList());
    }

    /**
     * Returns lines of a file fstab(5) that show a folder at another place, with everything that is mounted below it,
     * read-only. mount(8) sets options for the folder alone, so each mount below it has a line of its own.
     */
    List<String> readOnly(Path source, Path target) throws IOException {
        Path folder = source.toRealPath();
        List<String> lines = new ArrayList<>();
        lines.add(line(source, target, "none", "rbind," + options(containing(folder))));
        entries.stream()
                .filter(entry -> entry.point.startsWith(folder) && !entry.point.equals(folder))
                .filter(entry -> Files.exists(entry.point))
                .forEach(entry -> lines.add(line(
                        Path.of("none"),
                        target.resolve(folder.relativize(entry.point)),
                        "none",
                        "remount,bind," + options(Stream.of(entry)))));
        return lines;
    }

    private Stream<Entry> containing(Path folder) {
        return entries.stream()
                .filter(entry -> folder.startsWith(entry.point))
                .max(Comparator.comparingInt(entry -> entry.point.getNameCount()))
                .stream();
    }

    /** A user namespace can't remove this restriction, and root must not. */
    private static String options(Stream<Entry> mount) {
        return READ_ONLY + (mount.allMatch(Entry::isExecutable) ? "" : ",noexec");
    }

    static String line(Path source, Path target, String type, String options) {
        return String.join(" ", escape(source), escape(target), type, options, "0", "0");
    }

    private static String escape(Path path) {
        return path.toString()
                .replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }

    private static String unescape(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
