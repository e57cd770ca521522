package io.github.lambdashell.check.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockFileTest {
    @TempDir
    Path directory;

    private static Snapshot snapshot(String... lines) throws Snapshot.MalformedException {
        return Snapshot.parse(Arrays.asList(lines), 1);
    }

    private static Snapshot of(String target, String runtime) throws Snapshot.MalformedException {
        return snapshot("[environment]", "target = " + target, "runtime = " + runtime, "architecture = arm64");
    }

    @Test
    void aFileHasOneFactPerLineSortedInGroups() throws Exception {
        Path file = directory.resolve("new/environment.lock");

        LockFile.write(file, snapshot("[packages]", "zlib = 1.2", "", "# note", "bash = 5.2 = x", "[java]", "-Xmx1g"));

        assertThat(Files.readAllLines(file).subList(2, 10))
                .containsExactly(
                        "version = 1", "", "[java]", "-Xmx1g", "", "[packages]", "bash = 5.2 = x", "zlib = 1.2");
        assertThat(LockFile.read(file).facts(Group.PACKAGES)).containsEntry("bash", "5.2 = x");
    }

    @Property(tries = 200)
    void whatWasWrittenIsReadBack(@ForAll @From("facts") List<String> facts) throws Exception {
        List<String> lines = new ArrayList<>(facts.stream().distinct().toList());
        lines.add(0, "[mounts]");
        Snapshot snapshot;
        try {
            snapshot = Snapshot.parse(lines, 1);
        } catch (Snapshot.MalformedException e) {
            assertThat(e).hasMessageMatching("line \\d+: .*");
            return;
        }

        Snapshot again = Snapshot.parse(snapshot.text().lines().toList(), 1);

        assertThat(again.facts(Group.MOUNTS)).isEqualTo(snapshot.facts(Group.MOUNTS));
    }

    @Provide
    Arbitrary<List<String>> facts() {
        return Arbitraries.strings()
                .withChars("ab=[]# <>é\t")
                .ofMaxLength(12)
                .list()
                .ofMaxSize(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version = 2                                | line 1: the version of the format is 2, but must be 1
            [java]                                     | line 1: must be 'version = 1'
            "# note\n\nversion: 1"                     | line 3: must be 'version = 1'
            "<<<<<<< ours\nversion = 1"                | line 1: is the mark of a merge conflict
            "version = 1\n[java]\n=======\nx"          | line 3: is the mark of a merge conflict
            "version = 1\n[java]\na\n>>>>>>> theirs"   | line 4: is the mark of a merge conflict
            "version = 1\n[jva]"                       | line 2: there is no group 'jva'
            "version = 1\nglibc = 2"                   | line 2: a fact must follow a group such as [packages]
            "version = 1\n[java]\na = 1\na = 2"        | line 4: 'a' occurs twice in its group
            """)
    void aFileThatCanNotBeUsedIsReportedWithItsLine(String text, String problem) throws IOException {
        Path file = Files.writeString(directory.resolve("environment.lock"), text);

        assertThat(new LockFile(file, false).problems())
                .singleElement()
                .asString()
                .endsWith("environment.lock, " + problem + "; correct it, or write it again with -Dlshell.overwrite");
    }

    @Test
    void theFilesOfOtherEnvironmentsAreReportedToo() throws IOException {
        Files.writeString(directory.resolve("environment.aws-java21-arm64.lock"), "version = 7");
        Files.write(directory.resolve("environment.lock"), new byte[] {(byte) 0xff, '\n'});

        assertThat(new LockFile(directory.resolve("environment.lock"), false).problems())
                .singleElement()
                .asString()
                .contains("must be UTF-8 text");
        Files.delete(directory.resolve("environment.lock"));
        assertThat(new LockFile(directory.resolve("environment.lock"), false).problems())
                .singleElement()
                .asString()
                .contains("environment.aws-java21-arm64.lock, line 1: the version of the format is 7");
    }

    @Test
    void eachEnvironmentHasItsFile() throws Exception {
        LockFile lock = new LockFile(directory.resolve("environment.lock"), false);
        Path main = directory.resolve("environment.lock");
        Path other = directory.resolve("environment.aws-java25-arm64.lock");

        assertThat(lock.fileFor(of("local", "java21"))).isEqualTo(main);
        LockFile.write(main, of("local", "java21"));
        assertThat(lock.fileFor(of("local", "java21"))).isEqualTo(main);
        assertThat(lock.fileFor(of("aws", "java25"))).isEqualTo(other);
        assertThat(lock.fileFor(of("aws", "java21")).getFileName()).hasToString("environment.aws-java21-arm64.lock");
        assertThat(new LockFile(directory.resolve("lock"), false)
                        .fileFor(of("aws", "java21"))
                        .getFileName())
                .hasToString("lock");
    }

    @Test
    void aPlaceThatCanNotBeWrittenIsReported() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(new LockFile(file, false).writeProblem()).isEmpty();
        assertThat(new LockFile(directory.resolve("a/b/environment.lock"), false).writeProblem())
                .isEmpty();
        assertThat(new LockFile(directory, false).writeProblem().orElseThrow()).startsWith("must be a file, but ");
        assertThat(new LockFile(file.resolve("environment.lock"), false)
                        .writeProblem()
                        .orElseThrow())
                .startsWith("must be a file, but ");
    }

    @Test
    void driftIsGroupedByKindAndNamesFacts() throws Exception {
        Snapshot before = snapshot(
                "[packages]",
                "openssl-libs = 3.2.2-1",
                "a = 1",
                "b = 1",
                "c = 1",
                "d = 1",
                "e = 1",
                "[programs]",
                "nc = /bin");
        Snapshot after = snapshot(
                "[system]",
                "os = debian 13",
                "[packages]",
                "openssl-libs = 3.2.2-2",
                "a = 2",
                "b = 2",
                "c = 2",
                "d = 2",
                "e = 2");

        assertThat(Drift.between(before, after, List.of()).stream().map(Drift::text))
                .containsExactly(
                        "1 system fact added: os debian 13",
                        "6 packages changed: a 1 -> 2, b 1 -> 2, c 1 -> 2, d 1 -> 2, e 1 -> 2 and 1 more",
                        "1 program removed: nc /bin");
        assertThat(Drift.between(before, after, List.of()).get(1).diff())
                .hasSize(12)
                .startsWith("-a = 1", "+a = 2");
        assertThat(Drift.between(
                        before,
                        after,
                        List.of(
                                IgnoredFacts.parse("packages:?"),
                                IgnoredFacts.parse("packages:*ssl*"),
                                IgnoredFacts.parse("programs"),
                                IgnoredFacts.parse("system:os*"))))
                .singleElement()
                .extracting(drift -> drift.facts().size())
                .isEqualTo(5);
    }
}
