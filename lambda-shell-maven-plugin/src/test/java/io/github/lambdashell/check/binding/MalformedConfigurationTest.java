package io.github.lambdashell.check.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.check.Checks;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code malformed.txt}: the problems of a configuration. */
class MalformedConfigurationTest {
    @TempDir
    private static Path files;

    @BeforeAll
    static void writeTheFilesThatCasesName() throws IOException {
        Files.writeString(files.resolve("golden.txt"), "one line\n");
        Files.writeString(files.resolve("empty.sh"), "");
        Files.write(files.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    }

    static List<MalformedCases.Case> cases() {
        return MalformedCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void allProblemsAreReported(MalformedCases.Case wrong) throws IOException {
        Path file = Files.writeString(files.resolve("commands.yaml"), wrong.file());

        ShellException refused = catchThrowableOfType(
                ShellException.class,
                () -> Checks.read(Optional.empty(), Optional.of(file), new Settings(files, false)));

        assertThat(refused).as("refused").isNotNull();
        assertThat(problems(refused)).containsExactlyElementsOf(wrong.problems());
    }

    private static List<String> problems(ShellException refused) {
        String problem = refused.problem().replace(files.toString(), "FILES");
        if (!problem.contains("\n  - ")) {
            return List.of(problem);
        }
        return Arrays.stream(problem.split("\n  - ")).skip(1).map(String::strip).toList();
    }
}
