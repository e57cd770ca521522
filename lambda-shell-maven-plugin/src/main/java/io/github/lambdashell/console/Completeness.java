package io.github.lambdashell.console;

import java.util.regex.Pattern;

/**
 * Recognizes simple lines that are complete commands, which most lines are. For others the remote shell has to be asked,
 * which costs an invocation.
 */
final class Completeness {
    /** For longer lines, asking is cheaper than a match. */
    private static final int MAX_CHARS = 1000;

    /**
     * Plain and escaped characters, simple variables and simple quotes. Everything that can open something is missing:
     * brackets of any kind, backquotes, here-documents, {@code $'...'} with its own escapes, a second line, a backslash
     * at the end.
     */
    private static final Pattern CLOSED = Pattern.compile("(?:[^'\"`\\\\(){}<$\\n]"
            + "|\\\\[^\\n]"
            + "|\\$[\\w?#@*!$-]"
            + "|'[^'\\n]*'"
            + "|\"(?:[^\"\\\\`$\\n]|\\\\[^\\n]|\\$[\\w?#@*!$-])*\""
            + "|<(?![<(]))*");

    /** An operator that needs another command, or a comment sign, after which quotes mean nothing. */
    private static final Pattern NEEDS_MORE = Pattern.compile("(?:\\||&&|\\|&)\\s*$|(?:^|[\\s;|&])#");

    /** Words that can open a compound command; simplified, they count anywhere in the line. */
    private static final Pattern OPENING_WORD =
            Pattern.compile("\\b(?:if|for|while|until|case|select|function|coproc|do|then|else|elif)\\b|\\[\\[");

    private Completeness() {}

    /** Returns whether a line is certainly a complete command. */
    static boolean isCertain(String line) {
        return line.length() <= MAX_CHARS
                && CLOSED.matcher(line).matches()
                && !NEEDS_MORE.matcher(line).find()
                && !OPENING_WORD.matcher(line).find();
    }
}
