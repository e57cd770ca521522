package io.github.lambdashell.check.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExpectationTest {
    @TempDir
    private Path directory;

    /** What does not hold of files that a command makes in the directory. */
    private List<String> violations(String command, String files) {
        String yaml = "- run: |\n    %s\n  workingDirectory: %s\n  files: %s\n".formatted(command, directory, files);
        return Checks.violations(yaml);
    }

    private String own(String attribute) throws IOException {
        return Files.getAttribute(directory, attribute).toString();
    }

    @Test
    void everyAttributeOfAFileCanBeMet() throws Exception {
        assertThat(violations(
                        "printf 'hello\\n' > a; chmod 640 a; ln -s a link; mkdir -m 755 d; mkfifo pipe",
                        """

                            - path: a
                              exists: true
                              type: file
                              mode: "0640"
                              owner: %s
                              group: %s
                              size: 6
                              sha256: 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
                              contains: [hell, "o\\n"]
                            - {path: link, type: symlink, mode: 640, size: {gt: 1B, lt: 1KB}}
                            - {path: d, type: directory, mode: 755}
                            - {path: pipe, type: fifo}
                            - {path: absent, exists: false}
                            - {path: /dev/null, type: characterDevice}
                        """.formatted(own("owner:owner"), own("unix:gid"))))
                .isEmpty();
    }

    @Test
    void everyUnmetAttributeIsReported() throws Exception {
        assertThat(violations("printf 'hello\\n' > a; chmod 640 a", """

                            - path: a
                              type: directory
                              mode: 644
                              owner: no-such-user
                              group: 12345
                              size: 7
                              sha256: 0000000000000000000000000000000000000000000000000000000000000000
                              contains: bye
                            - {path: a, exists: false}
                            - {path: absent, size: 3, contains: x}
                        """))
                .containsExactly(
                        "type of a is file, but expected directory",
                        "mode of a is 640, but expected 644",
                        "owner of a is " + own("owner:owner") + ", but expected no-such-user",
                        "group of a is " + own("unix:gid") + ", but expected 12345",
                        "size of a is 6 bytes, but expected 7 bytes",
                        "sha256 of a is 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03, but expected"
                                + " 0000000000000000000000000000000000000000000000000000000000000000",
                        "a does not contain \"bye\"",
                        "a exists, but expected it not to",
                        "absent does not exist");
    }

    @Test
    void namesWithSpecialCharactersAreSupported() {
        for (String name : List.of("-n", "a b", "it's", "$HOME", "`id`", "\"", "*", "x\\", "é", " ", "--", "a\nb")) {
            String json = "[{\"path\": \"%s\", \"type\": \"file\", \"contains\": \"found\"}]"
                    .formatted(name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            try {
                Files.writeString(directory.resolve(name), "found");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }

            assertThat(violations("true", json)).as(name).isEmpty();
        }
    }

    @Test
    void pipesAndDevicesAreNotRead() {
        assertThat(violations(
                        "mkfifo pipe",
                        "[{path: pipe, contains: x}, {path: /dev/zero, contains: x, sha256: "
                                + "0000000000000000000000000000000000000000000000000000000000000000}]"))
                .containsExactly(
                        "pipe does not contain \"x\"",
                        "sha256 of /dev/zero is unknown: the path is a broken link, not a regular file, or unreadable",
                        "/dev/zero does not contain \"x\"");
    }

    @Test
    void aBrokenLinkExistsButHasNoSize() {
        assertThat(violations("ln -s nowhere link", "[{path: link, type: symlink}, {path: link, size: 3}]"))
                .containsExactly(
                        "size of link is unknown: the path is a broken link, not a regular file, or" + " unreadable");
    }

    @Test
    void contentIsSearchedByteByByteAfterTheFacts() {
        assertThat(violations(
                        "printf '\\n\\nmode 777\\n\\0\\377end' > a",
                        "[{path: a, contains: [\"\\n\\nmode 777\", end]}, {path: a, contains: 'raw '}]"))
                .containsExactly("a does not contain \"raw \"");
    }

    @Test
    void aPatternIsJudgedByEachFileItsNumberAndSize() {
        String command =
                "mkdir -p a/b; printf 12345 > a/x.txt; printf 123 > a/b/.y.txt; ln -s x.txt a/link.txt; touch 'a[1].log'";

        assertThat(violations(command, """

                    - {path: 'a/*.txt', count: 2, size: 5, contains: "34"}
                    - {path: 'a/**', count: {ge: 4, le: 4}, totalSize: 8}
                    - {path: '**/*.txt', count: 3, contains: ["1", "2"]}
                    - {path: 'a[1].*', count: 1, type: file}
                    - {path: 'a/?.txt', type: file, sha256: 5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5}
                    - {path: 'a/*.core', exists: false}
                    - {path: 'none/**', count: 0}
                    - {path: 'none/**', totalSize: {lt: 1KB}}
                """)).isEmpty();
        assertThat(violations(command, """

                    - {path: 'a/**', type: file}
                    - {path: '**/*.txt', size: {lt: 5}, contains: "45"}
                    - {path: 'a/*.core'}
                    - {path: 'a/*.txt', exists: false}
                    - {path: 'a/**', count: {lt: 4}, totalSize: {lt: 6B}}
                """))
                .containsExactly(
                        "type of a/b is directory, but expected file",
                        "type of a/link.txt is symlink, but expected file",
                        "a/b/.y.txt does not contain \"45\"",
                        "size of a/link.txt is 5 bytes, but expected less than 5 bytes",
                        "size of a/x.txt is 5 bytes, but expected less than 5 bytes",
                        "no file matches a/*.core",
                        "a/link.txt exists, but expected no file that matches a/*.txt",
                        "a/x.txt exists, but expected no file that matches a/*.txt",
                        "the number of files that match a/** is 4, but expected less than 4",
                        "the total size of the files that match a/** is 8 bytes, but expected less than 6 bytes");
    }

    @Test
    void thousandsOfFilesAreJudgedAndTheFirstViolationsReported() {
        assertThat(violations(
                        "mkdir many; cd many; for i in {1000..3999}; do : > $i; done",
                        "[{path: 'many/*', count: 3000}, {path: 'many/*', size: 1}]"))
                .hasSize(21)
                .startsWith("size of many/1000 is 0 bytes, but expected 1 byte")
                .endsWith("2980 more violations by files that match many/*");
    }
}
