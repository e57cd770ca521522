package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file /proc/PID/status, as far as it tells of memory and namespaces (proc(5)). */
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

    long pid() {
        return Long.parseLong(line("Pid:"));
    }

    /**
     * Whether it is in a namespace of processes below this one's without being the one that holds it. A line reads
     * {@code NSpid: 4711 1}, the ids in the namespaces from outer to inner.
     */
    boolean isHeld() {
        String[] ids = line("NSpid:").split("\\s+");
        return ids.length > 2 || ids.length == 2 && !ids[1].equals("1");
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

    /** In use now, as pages of files. */
    long fileKb() {
        return kilobytes("RssFile:");
    }

    /** A line reads {@code VmHWM:   51234 kB}; a zombie has none. */
    private long kilobytes(String name) {
        String line = line(name);
        return line.isEmpty() ? 0 : Long.parseLong(line.replace("kB", "").strip());
    }

    /** What follows a name at a line's start; empty where there is no such line. */
    private String line(String name) {
        int start = text.indexOf("\n" + name);
        return start < 0
                ? ""
                : text.substring(start + 1 + name.length(), text.indexOf('\n', start + 1))
                        .strip();
    }
}
