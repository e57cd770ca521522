package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.state.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Removes directories that functions wrote to. */
public final class Directories {
    private Directories() {}

    /** Removes a directory and what is in it, as {@link FileTree#delete} does, where no checked exception may pass. */
    public static void delete(Path directory) {
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("A sandbox's directory can't be removed: " + directory, e);
        }
    }
}
