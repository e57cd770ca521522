package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RelativePathTest {
    @Test
    void aFileBelowTheWorkingDirectoryIsShownRelativeToIt() {
        assertThat(RelativePath.of(Path.of("a/../b/c.txt").toAbsolutePath())).isEqualTo("b/c.txt");
    }

    @Test
    void anotherFileIsShownWithItsAbsolutePath() {
        assertThat(RelativePath.of(Path.of("/elsewhere/./c.txt"))).isEqualTo("/elsewhere/c.txt");
    }
}
