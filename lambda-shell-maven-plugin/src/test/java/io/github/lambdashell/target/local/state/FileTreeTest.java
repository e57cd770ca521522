package io.github.lambdashell.target.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    private Path root;

    @Test
    void whatItsOwnerMayNotEnterGoesToo() throws Exception {
        Path closed = Files.createDirectories(root.resolve("tree/closed"));
        Files.writeString(closed.resolve("file"), "x");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

        FileTree.delete(root.resolve("tree"));

        assertThat(root.resolve("tree")).doesNotExist();
    }

    @Test
    void aTreeThatAnotherRemovesAtTheSameTimeIsNoFault() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 50; round++) {
                Path tree = root.resolve("tree" + round);
                for (int i = 0; i < 50; i++) {
                    Files.createDirectories(tree.resolve("a" + i + "/b/c/d"));
                }
                Callable<Void> removal = () -> {
                    FileTree.delete(tree);
                    return null;
                };
                for (Future<Void> one : threads.invokeAll(List.of(removal, removal))) {
                    one.get();
                }
                assertThat(tree).doesNotExist();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
