package io.github.lambdashell.target.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLogTest {
    private static final long LIMIT = 10 * 1024 * 1024;

    @TempDir
    private Path folder;

    private Path file() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Several processes write as much as they can; a file that is looked at now and then would grow by hundreds of MB. */
    @Test
    void theFileNeverGrowsBeyondItsLimit() throws Exception {
        try (SandboxLog log = SandboxLog.open(folder, "id")) {
            Process writers = log.start(new ProcessBuilder(
                    "sh", "-c", "for i in 1 2 3 4; do head -c 100000000 /dev/zero >&2 & done; wait; echo the end >&2"));
            long largest = 0;
            while (writers.isAlive()) {
                largest = Math.max(largest, Files.size(file()));
            }

            assertThat(largest).isBetween(1L, LIMIT);
            assertThat(new String(log.tail(), StandardCharsets.UTF_8)).endsWith("\0the end\n");
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(LIMIT);
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".pipe"));
    }

    @Test
    void linesOfThePlatformComeAfterWhatWasWrittenBefore() throws Exception {
        try (SandboxLog log = SandboxLog.open(folder, "id")) {
            Process process = log.start(new ProcessBuilder("sh", "-c", "while read -r n; do echo $n >&2; echo; done"));
            for (int i = 0; i < 200; i++) {
                process.getOutputStream().write((i + "\n").getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
                process.getInputStream().read();
                log.platformLine("after " + i);
            }
            process.getOutputStream().close();
        }

        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(400);
        assertThat(lines.subList(398, 400)).containsExactly("199", "after 199");
        for (int i = 0; i < 200; i++) {
            assertThat(lines.get(2 * i)).isEqualTo(String.valueOf(i));
        }
    }

    @Test
    void noProcessCanOpenTheLogAgain() throws Exception {
        try (SandboxLog log = SandboxLog.open(folder, "id");
                Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(path -> path.toString().endsWith(".pipe")))
                    .singleElement()
                    .satisfies(pipe ->
                            assertThat(Files.getPosixFilePermissions(pipe)).isEmpty());
            assertThat(log.tail()).isEmpty();
        }
    }
}
