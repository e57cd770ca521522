package io.github.lambdashell.console.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.console.transfer.Tree.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sandbox can send any paths; nothing is written outside of the target. */
class TreeTest {
    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "/etc/passwd", ".", "..", "a//b", "a/./b", "missing/b", ""})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThatThrownBy(tree(directory("a"), file(path))::requireContained)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is not a unique path below");
    }

    @Test
    void aFileBehindALinkIsRefused() {
        assertThatThrownBy(tree(link("a", "/etc"), file("a/passwd"))::requireContained)
                .isInstanceOf(ShellException.class);
    }

    @Test
    void aPathThatOccursTwiceIsRefused() {
        assertThatThrownBy(tree(link("a", "/etc/passwd"), file("a"))::requireContained)
                .isInstanceOf(ShellException.class);
    }

    @Test
    void namesWithDotsAreNames() {
        assertThatCode(tree(directory("..a"), file("..a/b..c"))::requireContained)
                .doesNotThrowAnyException();
    }

    @Test
    void aLinkThroughAnotherLinkIsOmittedIfItLeadsOut(@TempDir Path directory) throws IOException {
        Path target = directory.resolve("target");
        Tree tree =
                tree(directory("d"), link("d/up", ".."), link("here", "d/up"), link("far", "here/../../.."), file("f"));
        try (LocalWriter writer = new LocalWriter(tree, target)) {
            writer.write(List.of(new Segment(file("f"), 0, 1)), "x".getBytes(StandardCharsets.UTF_8));
            assertThat(writer.finish()).extracting(Entry::path).containsExactly("far");
        }

        assertThat(target.resolve("far")).doesNotExist();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(target);
        }
    }

    private static Tree tree(Entry... entries) {
        return new Tree("/remote", true, Arrays.asList(entries), 0);
    }

    private static Entry file(String path) {
        return new Entry(path, Entry.Type.FILE, 0644, 1, "");
    }

    private static Entry directory(String path) {
        return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, "");
    }

    private static Entry link(String path, String target) {
        return new Entry(path, Entry.Type.LINK, 0777, 0, target);
    }
}
