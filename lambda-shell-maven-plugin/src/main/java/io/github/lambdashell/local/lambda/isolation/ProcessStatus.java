package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file /proc/PID/status, as far as it tells of memory (proc(5)). */
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

    Path file() {
        return file;
    }

    /** In use now, with the pages of files that are mapped. */
    long residentKb() {
        return kilobytes("VmRSS:");
    }

    /** The most that was ever in use. */
    long peakKb() {
        return kilobytes("VmHWM:");
    }

    /** In use now, without the pages of files, which several processes may share. */
    long ownKb() {
        return kilobytes("RssAnon:") + kilobytes("RssShmem:");
    }

    /** A line reads {@code VmHWM:   51234 kB}; a zombie has none. */
    private long kilobytes(String name) {
        int start = text.indexOf(name);
        if (start < 0) {
            return 0;
        }
        String line = text.substring(start + name.length(), text.indexOf('\n', start));
        return Long.parseLong(line.replace("kB", "").strip());
    }
}
