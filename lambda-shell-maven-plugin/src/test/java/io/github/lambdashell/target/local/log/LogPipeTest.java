package io.github.lambdashell.target.local.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPipeTest {
    @TempDir
    private Path folder;

    @Test
    void allIsReceivedBeforeThePipeIsClosed() throws Exception {
        AtomicInteger late = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            AtomicBoolean isClosed = new AtomicBoolean();
            StringBuffer received = new StringBuffer();
            LogPipe pipe = new LogPipe(folder.resolve("log-" + i), (bytes, offset, length) -> {
                received.append(new String(bytes, offset, length, StandardCharsets.US_ASCII));
                late.addAndGet(isClosed.get() ? 1 : 0);
            });
            pipe.start(new ProcessBuilder("sh", "-c", "echo begin >&2; echo end >&2"))
                    .waitFor();
            pipe.close();
            isClosed.set(true);

            assertThat(received).hasToString("begin\nend\n");
        }
        assertThat(late).hasValue(0);
    }
}
