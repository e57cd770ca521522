package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is mounted on this machine, by /proc/self/mountinfo (proc(5)). */
final class MountTable {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private MountTable() {}

    /** The places below a folder at which something else is mounted, outer ones first. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.map(line -> Path.of(unescape(line.split(" ")[MOUNT_POINT])))
                    .filter(point -> point.startsWith(folder) && !point.equals(folder))
                    .sorted()
                    .distinct()
                    .toList();
        }
    }

    private static String unescape(String path) {
        return OCTAL.matcher(path)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }
}
