package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.protocol.FrameListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
    @Test
    void itGoesOnAfterItWasSaved(@TempDir Path directory) throws IOException {
        Path target = directory.resolve("saved.txt");
        try (Transcript transcript = new Transcript()) {
            record(transcript, "one");
            transcript.save(target);
            record(transcript, "two");
            transcript.save(target);
        }

        assertThat(target).hasContent("$ echo one\none\n$ echo two\ntwo\n");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void aKilledBuildLeavesNoFile() throws IOException {
        try (Transcript transcript = new Transcript()) {
            record(transcript, "one");

            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
                assertThat(descriptors
                                .filter(Files::isSymbolicLink)
                                .map(TranscriptTest::target)
                                .filter(target -> target.contains("lshell-transcript")))
                        .isNotEmpty()
                        .allMatch(target -> target.endsWith(" (deleted)"));
            }
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static void record(Transcript transcript, String text) {
        byte[] output = (text + "\n").getBytes(StandardCharsets.UTF_8);
        transcript.begin("echo " + text, new Nobody()).stdout(output, 0, output.length);
        transcript.end(0);
    }

    private static final class Nobody implements FrameListener {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {}

        @Override
        public void stderr(byte[] bytes, int offset, int length) {}
    }
}
