package io.github.lambdashell.console;

import java.util.regex.Pattern;

/**
 * Tells lines that are surely whole commands from those that may go on. Only the remote shell knows for certain, and
 * asking it is another invocation; so this says "surely" for the plain lines that most are, and never wrongly.
 */
final class Completeness {
    /** A longer line is worth asking. */
    private static final int MAX_CHARS = 1000;

    /**
     * Plain characters, escaped ones, simple variables and simple quotes. Left out is all that can open something:
     * brackets of any kind, backquotes, here-documents, {@code $'...'} with its own escapes, a second line, a backslash
     * at the end.
     */
    private static final Pattern CLOSED = Pattern.compile("(?:[^'\"`\\\\(){}<$\\n]"
            + "|\\\\[^\\n]"
            + "|\\$[\\w?#@*!$-]"
            + "|'[^'\\n]*'"
            + "|\"(?:[^\"\\\\`$\\n]|\\\\[^\\n]|\\$[\\w?#@*!$-])*\""
            + "|<(?![<(]))*");

    /** What a command can't end with; after a comment sign, its end is not the line's. */
    private static final Pattern GOES_ON = Pattern.compile("(?:\\||&&|\\|&)\\s*$|(?:^|[\\s;|&])#");

    /** Words that open a compound command where they stand first; here it is enough that they stand anywhere. */
    private static final Pattern OPENING_WORD =
            Pattern.compile("\\b(?:if|for|while|until|case|select|function|coproc|do|then|else|elif)\\b|\\[\\[");

    private Completeness() {}

    static boolean isSurelyWhole(String line) {
        return line.length() <= MAX_CHARS
                && CLOSED.matcher(line).matches()
                && !GOES_ON.matcher(line).find()
                && !OPENING_WORD.matcher(line).find();
    }
}
