package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class LogProgressTest {
    @Test
    void resourcesAreForDebuggingUnlessTheyFail() {
        List<String> lines = new ArrayList<>();
        LogProgress progress = new LogProgress(new SystemStreamLog() {
            @Override
            public void debug(CharSequence line) {
                lines.add("debug " + line);
            }

            @Override
            public void warn(CharSequence line) {
                lines.add("warn " + line);
            }
        });

        progress.resource("Bucket", "AWS::S3::Bucket", "CREATE_COMPLETE");
        progress.resource("Bucket", "AWS::S3::Bucket", "DELETE_FAILED");

        assertThat(lines)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("debug   CREATE_COMPLETE"),
                        line -> assertThat(line).startsWith("warn   DELETE_FAILED"));
    }
}
