package io.github.lambdashell.check.files;

import io.github.lambdashell.check.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The type of a file, by the type bits of its mode (inode(7)). */
public enum FileType {
    /** An ordinary file. */
    FILE("file", 0x8000),
    /** A directory. */
    DIRECTORY("directory", 0x4000),
    /** A symbolic link. */
    SYMLINK("symlink", 0xa000),
    /** A named pipe. */
    FIFO("fifo", 0x1000),
    /** A socket. */
    SOCKET("socket", 0xc000),
    /** A character device. */
    CHARACTER_DEVICE("characterDevice", 0x2000),
    /** A block device. */
    BLOCK_DEVICE("blockDevice", 0x6000);

    private static final int TYPE_BITS = 0xf000;

    private final String word;
    private final int bits;

    FileType(String word, int bits) {
        this.word = word;
        this.bits = bits;
    }

    /** Returns the names of all types in the vocabulary. */
    public static List<String> names() {
        return Arrays.stream(values()).map(FileType::toString).toList();
    }

    /** Returns the type of a file with a mode. */
    static Optional<FileType> ofMode(int mode) {
        return Arrays.stream(values())
                .filter(type -> type.bits == (mode & TYPE_BITS))
                .findFirst();
    }

    /**
     * Returns a type by its name in the vocabulary.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static FileType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be one of " + String.join(", ", names()) + ", but is " + Text.apostrophes(word)));
    }

    /** Returns its name in the vocabulary. */
    @Override
    public String toString() {
        return word;
    }
}
