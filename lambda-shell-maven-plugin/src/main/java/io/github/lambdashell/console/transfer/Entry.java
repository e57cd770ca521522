package io.github.lambdashell.console.transfer;

import java.util.Objects;

/**
 * One thing in what is transferred.
 *
 * @param path relative to the root, its names joined by slashes, not empty
 * @param type what it is, not null
 * @param mode its permission bits, 0 to 0777
 * @param size of a file in bytes
 * @param linkTarget of a link, as it stands in it; empty for other types
 */
record Entry(String path, Type type, int mode, long size, String linkTarget) {
    enum Type {
        FILE,
        DIRECTORY,
        LINK
    }

    Entry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(type);
        Objects.requireNonNull(linkTarget);
    }

    Entry withLinkTarget(String target) {
        return new Entry(path, type, mode, size, target);
    }
}
