package io.github.lambdashell.local.lambda.log;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The log of one sandbox on disk, what a log stream is on AWS. Held to 10 MB; the folder of a function keeps its 20
 * youngest. Not thread-safe.
 */
final class LogFile implements Closeable {
    private static final long MAX_BYTES = 10L * 1024 * 1024;
    private static final int MAX_FILES = 20;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");
    private static final byte[] CUT =
            "\n[the rest is left out: this file has reached 10 MB]\n".getBytes(StandardCharsets.UTF_8);

    /** Not by way of a channel: the interruption of a thread that writes would close it. */
    private final OutputStream out;

    private long size;

    /**
     * @param folder of the function; exists
     * @param sandboxId makes the name unique
     */
    LogFile(Path folder, String sandboxId) throws IOException {
        removeOldest(folder);
        String name = NAME.format(LocalDateTime.now()) + "-" + sandboxId + ".log";
        out = new FileOutputStream(folder.resolve(name).toFile());
    }

    private static void removeOldest(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            // Their names begin with the time.
            List<Path> youngestFirst = entries.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file :
                    youngestFirst.subList(Math.min(MAX_FILES - 1, youngestFirst.size()), youngestFirst.size())) {
                Files.deleteIfExists(file);
            }
        }
    }

    void append(byte[] bytes, int offset, int length) throws IOException {
        if (size > MAX_BYTES) {
            return;
        }
        out.write(bytes, offset, length);
        size += length;
        if (size > MAX_BYTES) {
            out.write(CUT);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
