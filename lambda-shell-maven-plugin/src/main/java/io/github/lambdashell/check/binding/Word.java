package io.github.lambdashell.check.binding;

/**
 * One word of the vocabulary.
 *
 * @param name as users write it, not null
 * @param kind what it holds, not null
 * @param block what stands in it, null unless its kind takes a block
 * @param repeats whether it may be written several times, or hold a list
 * @param item what the elements of a list in it are called in a POM, null when the word itself is repeated there
 */
record Word(String name, Kind kind, Block block, boolean repeats, String item) {
    /** What a word holds. */
    enum Kind {
        /** Any text. */
        TEXT,
        /** A regular expression of Java's. */
        REGEX,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A whole number, 0 or more. */
        COUNT,
        /** {@code 500ms}, {@code 3s}. */
        DURATION,
        /** A number or a size. */
        QUANTITY,
        /** A range of versions in Maven's syntax. */
        RANGE,
        /** Names with texts. */
        MAP,
        /** A block of further words. */
        BLOCK,
        /** A block of further words, or nothing: the word alone says enough. */
        OPTIONAL_BLOCK,
        /** A block of further words, or a text as its shorthand. */
        TEXT_OR_BLOCK;

        boolean takesBlock() {
            return this == BLOCK || this == OPTIONAL_BLOCK || this == TEXT_OR_BLOCK;
        }
    }

    static Word one(String name, Kind kind) {
        return new Word(name, kind, null, false, null);
    }

    static Word many(String name, Kind kind) {
        return new Word(name, kind, null, true, null);
    }

    static Word list(String name, Kind kind, String item) {
        return new Word(name, kind, null, true, item);
    }

    Word of(Block content) {
        return new Word(name, kind, content, repeats, item);
    }
}
