package io.github.lambdashell.local.lambda.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process has used, from /proc/PID/status; 0 where there is no /proc. */
final class ProcessMemory {
    static final ProcessMemory NONE = new ProcessMemory(null);
    private static final String PEAK = "VmHWM:";

    private final Path status;
    private int peakMb;

    private ProcessMemory(Path status) {
        this.status = status;
    }

    static ProcessMemory of(long pid) {
        return new ProcessMemory(Path.of("/proc/" + pid + "/status"));
    }

    /** In MB, rounded up. Of a process that has ended, what was known last. */
    int peakMb() {
        if (status != null) {
            try {
                peakMb = Math.max(peakMb, parse(new String(Files.readAllBytes(status), StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                // It has ended, or the system has no /proc.
            }
        }
        return peakMb;
    }

    /** The line reads {@code VmHWM:   51234 kB}; a zombie has none. */
    private static int parse(String text) {
        int start = text.indexOf(PEAK);
        if (start < 0) {
            return 0;
        }
        String line = text.substring(start + PEAK.length(), text.indexOf('\n', start));
        int kilobytes = Integer.parseInt(line.replace("kB", "").strip());
        return (kilobytes + 1023) / 1024;
    }
}
