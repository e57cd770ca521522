package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.DeployLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShowDifferencesTest {
    private final Problems problems = new Problems();
    private final DeployLines listener = new DeployLines();

    @TempDir
    private Path directory;

    private String architecture;

    private List<DiffTerm> read(String... texts) {
        return DiffTerm.read(List.of(texts), directory, problems);
    }

    private ShowDifferences differences(String... texts) {
        Map<DiffTerm, TargetConfig> terms = new LinkedHashMap<>();
        read(texts).forEach(term -> {
            Path rootfs = term instanceof DiffTerm.Image image ? image.directory() : null;
            LocalConfig local = LocalConfig.of("auto", "host", List.of(), rootfs, List.of(), Map.of(), problems);
            terms.put(term, new TargetConfig(Kind.LOCAL, null, null, null, directory.resolve("home"), local, null));
        });
        assertThat(problems.all()).isEmpty();
        FunctionSettings function = new FunctionSettings(
                        null, architecture, null, null, null, Map.of(), null, null, null, null)
                .complete("provided.al2023");
        StackConfig stack = Account.config("demo", function);
        return new ShowDifferences(terms, stack, directory.resolve("home"), listener);
    }

    private Path lockFile(String facts) throws IOException {
        return Files.writeString(directory.resolve("old.lock"), "version = 1\n" + facts);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void runtimesAndALockFileAreComparedAndTheStacksRemoved() throws Exception {
        lockFile("[environment]\nruntime = java11\n[programs]\nvi = /usr/bin\n");

        List<String> lines;
        try (ShowDifferences differences = differences("local", "provided.al2", "old.lock")) {
            lines = differences.compare().lines(false);
        }

        assertThat(lines.get(0).split(" +")).containsExactly("", "local", "provided.al2", "old.lock");
        assertThat(lines).anySatisfy(line -> assertThat(line.split(" +"))
                .containsExactly("", "runtime", "provided.al2023", "provided.al2", "java11"));
        assertThat(listener.lines())
                .anyMatch(line -> line.startsWith("local: Removed stack demo-"))
                .anyMatch(line -> line.startsWith("provided.al2: Removed stack demo-"));
        assertThat(directory.resolve("home/stacks")).isEmptyDirectory();
    }

    @Test
    void nothingIsDeployedIfOneCanNotBe() throws IOException {
        lockFile("");
        architecture = "riscv";
        try (ShowDifferences differences = differences("old.lock", "local", "dotnet6")) {
            assertThatThrownBy(differences::compare)
                    .isInstanceOf(ShellException.class)
                    .hasMessageStartingWith("local: architecture (lshell.architecture) must be 'x86_64' or 'arm64'")
                    .satisfies(failure ->
                            assertThat(failure.getSuppressed()[0]).hasMessageStartingWith("dotnet6: architecture"));
        }

        assertThat(listener.lines()).isEmpty();
    }

    @Test
    void whatIsNoEnvironmentIsRefusedWithASuggestion() throws IOException {
        lockFile("<<<<<<< HEAD\n");
        Files.createDirectory(directory.resolve("a.lock"));

        read("jawa17", "Local", "no/such", "java17", "java17", "other.lock", "old.lock", "a.lock", "nul\0");

        assertThat(problems.all())
                .satisfiesExactly(
                        typo -> assertThat(typo)
                                .isEqualTo("diff (lshell.diff): 'jawa17' is no runtime, target, folder or lock file;"
                                        + " did you mean 'java17'?"),
                        target -> assertThat(target).endsWith("did you mean 'local'?"),
                        folder -> assertThat(folder).startsWith("diff (lshell.diff): folder not found: '"),
                        twice -> assertThat(twice).endsWith("'java17' may occur only once"),
                        missing -> assertThat(missing).isEqualTo("diff (lshell.diff): 'other.lock' is not found"),
                        conflict -> assertThat(conflict)
                                .contains("'old.lock' can't be used: line 2: is the mark of a merge conflict"),
                        directoryOfThatName -> assertThat(directoryOfThatName).endsWith("'a.lock' must be a file"),
                        noPath -> assertThat(noPath).contains("'nul\\x00' is no runtime"));
    }

    @Test
    void oneEnvironmentIsNotEnough() {
        read("java17");

        assertThat(problems.all())
                .containsExactly("diff (lshell.diff) must be at least two runtimes, targets, root file systems or lock"
                        + " files, for example -Dlshell.diff=java17,java21");
    }

    @Test
    void aFolderIsARootFileSystem() throws IOException {
        Files.createDirectory(directory.resolve("al2"));

        assertThat(read("al2", "provided.al2"))
                .containsExactly(
                        new DiffTerm.Image("al2", directory.resolve("al2")), new DiffTerm.Runtime("provided.al2"));
    }
}
