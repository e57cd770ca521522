package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetsTest {
    /** Any directory of root's serves an ordinary user; root gives one away. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aHomeDirectoryOfAnotherUserIsRefused(Kind kind, @TempDir Path directory) throws IOException {
        boolean root = new UnixSystem().getUid() == 0;
        Path home = root ? Files.createDirectory(directory.resolve("home")) : Path.of("/usr");
        if (root) {
            Files.setAttribute(home, "unix:uid", 12345);
        }

        assertThatThrownBy(() -> Targets.open(new TargetConfig(kind, "eu-west-1", null, null, home)))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(home + " belongs to another user")
                .hasMessageContaining("-Dlshell.home");
    }

    @Test
    void aHomeDirectoryThatDoesNotExistIsCreated(@TempDir Path directory) {
        Path home = directory.resolve("new");

        Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home)).close();

        assertThat(home).isDirectory();
    }
}
