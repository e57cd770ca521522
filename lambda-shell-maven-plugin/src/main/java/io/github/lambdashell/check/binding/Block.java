package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Word.Kind.BLOCK;
import static io.github.lambdashell.check.binding.Word.Kind.BOOLEAN;
import static io.github.lambdashell.check.binding.Word.Kind.COUNT;
import static io.github.lambdashell.check.binding.Word.Kind.DURATION;
import static io.github.lambdashell.check.binding.Word.Kind.MAP;
import static io.github.lambdashell.check.binding.Word.Kind.OPTIONAL_BLOCK;
import static io.github.lambdashell.check.binding.Word.Kind.QUANTITY;
import static io.github.lambdashell.check.binding.Word.Kind.RANGE;
import static io.github.lambdashell.check.binding.Word.Kind.REGEX;
import static io.github.lambdashell.check.binding.Word.Kind.TEXT;
import static io.github.lambdashell.check.binding.Word.Kind.TEXT_OR_BLOCK;
import static io.github.lambdashell.check.binding.Word.list;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The vocabulary: which words stand in which block. The parser knows no word that is not here. */
enum Block {
    /** A number, a size or a duration with its bounds. */
    QUANTITIES(
            one("equals", QUANTITY),
            one("gt", QUANTITY),
            one("ge", QUANTITY),
            one("lt", QUANTITY),
            one("le", QUANTITY)),
    /** The first group of a regular expression, compared. */
    VALUE(one("pattern", REGEX), Comparisons.OF_A_TEXT),
    /** A place in a JSON document, compared. */
    JSON_PATH(one("path", TEXT), Comparisons.OF_A_TEXT),
    /** What a command wrote. */
    STREAM(
            many("contains", TEXT),
            many("notContains", TEXT),
            many("matches", REGEX),
            many("notMatches", REGEX),
            one("equals", TEXT),
            one("equalsFile", TEXT),
            one("empty", BOOLEAN),
            one("lineCount", TEXT_OR_BLOCK).of(QUANTITIES),
            many("value", BLOCK).of(VALUE),
            many("jsonPath", BLOCK).of(JSON_PATH)),
    /** A file in the sandbox after the command. */
    FILE(
            one("path", TEXT),
            one("exists", BOOLEAN),
            one("type", TEXT),
            one("mode", TEXT),
            one("owner", TEXT),
            one("group", TEXT),
            one("size", TEXT_OR_BLOCK).of(QUANTITIES),
            one("sha256", TEXT),
            many("contains", TEXT)),
    /** What the platform reports of the invocation. */
    METRICS(
            one("coldStart", BOOLEAN),
            one("initDuration", BLOCK).of(QUANTITIES),
            one("billedDuration", BLOCK).of(QUANTITIES),
            one("maxMemoryUsed", BLOCK).of(QUANTITIES)),
    /** Which native libraries need not be there. */
    NATIVE_LIBRARIES(many("ignore", TEXT)),
    /** Where a connection goes, and how long it may take. */
    REACHABLE(one("address", TEXT), one("within", DURATION)),
    /** One command with what is expected of it. */
    COMMAND(
            one("name", TEXT),
            one("run", TEXT),
            one("script", TEXT),
            one("exitCode", TEXT_OR_BLOCK).of(QUANTITIES),
            one("stdout", TEXT_OR_BLOCK).of(STREAM),
            one("stderr", TEXT_OR_BLOCK).of(STREAM),
            one("output", TEXT_OR_BLOCK).of(STREAM),
            list("files", BLOCK, "file").of(FILE),
            one("metrics", BLOCK).of(METRICS),
            one("environmentVariables", MAP),
            one("workingDirectory", TEXT),
            one("stdin", TEXT),
            one("timeout", DURATION),
            one("maxDuration", DURATION),
            one("retries", COUNT),
            one("retryDelay", DURATION),
            list("setup", TEXT, "run"),
            list("teardown", TEXT, "run"),
            one("skip", BOOLEAN),
            list("tags", TEXT, "tag"),
            one("nativeLibraries", OPTIONAL_BLOCK).of(NATIVE_LIBRARIES),
            list("classLoads", TEXT, "class"),
            list("writable", TEXT, "path"),
            many("reachable", TEXT_OR_BLOCK).of(REACHABLE),
            one("identity", TEXT)),
    /** A whole commandsFile. */
    DOCUMENT(list("commands", BLOCK, "command").of(COMMAND), one("redactions", MAP));

    private final List<Word> words;

    Block(Word... words) {
        this.words = List.of(words);
    }

    Block(Word first, List<Word> others) {
        this.words = Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /** A class of its own, for an enum's own fields are not there yet when its values are made. */
    private static final class Comparisons {
        static final List<Word> OF_A_TEXT = List.of(
                one("equals", TEXT),
                one("matches", REGEX),
                one("gt", QUANTITY),
                one("ge", QUANTITY),
                one("lt", QUANTITY),
                one("le", QUANTITY),
                one("versionRange", RANGE));
    }

    List<Word> words() {
        return words;
    }

    Optional<Word> word(String name) {
        return words.stream().filter(word -> word.name().equals(name)).findFirst();
    }
}
