package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.StackLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackRecordsTest {
    private static final int RECORDS = 200;

    @TempDir
    private Path home;

    @Test
    void theUnfinishedRecordOfAKilledBuildIsRemoved() throws Exception {
        Path unfinished =
                Files.writeString(Files.createDirectory(home.resolve("stacks")).resolve(".1.new"), "{");

        new StackRecords(home).removeStrayFiles();

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void recordsAreWrittenWhileOtherBuildsRemoveUnfinishedOnes() throws Exception {
        StackRecords records = new StackRecords(home);
        Thread other = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                records.removeStrayFiles();
            }
        });
        other.start();
        try {
            for (int i = 0; i < RECORDS; i++) {
                records.add(new StackRecord(
                        "demo" + i,
                        "demo" + i,
                        StackLocation.LOCAL,
                        Instant.now().toString()));
            }
        } finally {
            other.interrupt();
            other.join();
        }

        assertThat(records.all()).hasSize(RECORDS);
    }
}
