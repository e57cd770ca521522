package io.github.lambdashell.target.local.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The log files of one function, of which the 20 youngest are kept. */
final class LogFiles {
    private static final int KEPT = 20;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    private LogFiles() {}

    /** Makes a new file, and room for it. */
    static Path create(Path folder, String sandboxId) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            // Their names begin with the time.
            List<Path> youngestFirst = entries.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : youngestFirst.subList(Math.min(KEPT - 1, youngestFirst.size()), youngestFirst.size())) {
                Files.deleteIfExists(file);
            }
        }
        return Files.createFile(folder.resolve(NAME.format(LocalDateTime.now()) + "-" + sandboxId + ".log"));
    }
}
