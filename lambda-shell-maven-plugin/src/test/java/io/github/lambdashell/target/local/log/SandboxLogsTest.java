package io.github.lambdashell.target.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.FunctionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLogsTest {
    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private boolean isDeployed = true;

    @Test
    void allSandboxesAreReadInTheOrderOfTheirStart() throws IOException {
        write("2026-2", "b\n");
        write("2026-1", "a\nunfinished");

        open(Optional.empty()).next(true, this::keep);

        assertThat(lines).containsExactly("2026-1 a", "2026-1 unfinished", "2026-2 b");
    }

    @Test
    void aFunctionThatNeverRanHasNone() {
        FunctionLog log = new SandboxLogs(null, directory.resolve("none"), Optional.empty(), () -> true);

        assertThat(log.next(true, this::keep)).isTrue();
        assertThat(lines).isEmpty();
    }

    @Test
    void whoFollowsReadsWholeLinesOfSandboxesThatComeAndGo() throws IOException {
        try (FunctionLog log = open(Optional.empty())) {
            write("1", "a\nb");
            log.next(false, this::keep);
            assertThat(lines).containsExactly("1 a");
            write("1", "c\n");
            write("2", "d\n");
            log.next(false, this::keep);
            assertThat(lines).containsExactly("1 a", "1 bc", "2 d");
            write("1", "end");
            log.next(false, this::keep);
            Files.delete(directory.resolve("1.log"));
            log.next(false, this::keep);

            assertThat(lines).containsExactly("1 a", "1 bc", "2 d", "1 end");
        }
    }

    @Test
    void aFileThatHadReachedItsLimitIsReadFromItsNewBeginning() throws IOException {
        try (FunctionLog log = open(Optional.empty())) {
            write("1", "many lines\n");
            log.next(false, this::keep);
            Files.writeString(directory.resolve("1.log"), "new\n", StandardOpenOption.TRUNCATE_EXISTING);

            log.next(false, this::keep);

            assertThat(lines).containsExactly("1 many lines", "1 new");
        }
    }

    @Test
    void sandboxesThatHaveNotWrittenSinceThenAreLeftOutUntilTheyDo() throws IOException {
        Instant since = Instant.now().minusSeconds(60);
        write("1", "old\n");
        Files.setLastModifiedTime(directory.resolve("1.log"), FileTime.from(since.minusSeconds(1)));
        write("2", "new\n");
        try (FunctionLog log = open(Optional.of(since))) {
            log.next(false, this::keep);
            assertThat(lines).containsExactly("2 new");
            write("1", "again\n");

            log.next(false, this::keep);

            assertThat(lines).containsExactly("2 new", "1 old", "1 again");
        }
    }

    @Test
    void endsWithTheStack() {
        FunctionLog log = open(Optional.empty());
        assertThat(log.next(false, this::keep)).isTrue();
        isDeployed = false;

        assertThat(log.next(false, this::keep)).isFalse();
    }

    private FunctionLog open(Optional<Instant> since) {
        return new SandboxLogs(null, directory, since, () -> isDeployed);
    }

    private void write(String sandbox, String text) throws IOException {
        Files.writeString(
                directory.resolve(sandbox + ".log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void keep(FunctionLog.Entry entry) {
        lines.add(entry.stream() + " " + entry.text());
    }
}
