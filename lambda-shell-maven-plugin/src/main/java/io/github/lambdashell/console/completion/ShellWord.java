package io.github.lambdashell.console.completion;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.CompletingParsedLine;

/**
 * The word before the cursor, as a shell reads it.
 *
 * @param line the input
 * @param cursor its position in characters
 * @param start where the word begins; the value of an assignment is a word
 * @param quote the open quote at the cursor; 0 for none
 * @param word its text without quotes and escapes
 * @param kind what the word can be
 * @param command the command of which the word is an argument; empty for none
 */
public record ShellWord(String line, int cursor, int start, char quote, String word, Kind kind, String command)
        implements CompletingParsedLine {
    private static final String SEPARATORS = " \t\n;|&()<>";
    private static final Set<Character> REDIRECTIONS = Set.of('<', '>');
    /** Words that are followed by a command. */
    private static final Set<String> BEFORE_A_COMMAND = Set.of(
            "!", "{", "then", "do", "else", "elif", "if", "while", "until", "time", "exec", "env", "nohup", "sudo");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=.*");
    /** The home directory or a variable, which the shell expands. */
    private static final Pattern EXPANDED = Pattern.compile("(?:~|\\$\\w+|\\$\\{\\w+})(?=/|$)");

    private static final Pattern NEEDS_ESCAPE = Pattern.compile("([\\s\\\\'\"`$&|;()<>{}\\[\\]*?!#~])");
    private static final Pattern NEEDS_ESCAPE_IN_DOUBLE_QUOTES = Pattern.compile("([\\\\\"`$])");

    /** What a word can be. */
    public enum Kind {
        COMMAND,
        ARGUMENT,
        VARIABLE
    }

    /** Finds the word before the cursor. */
    public static ShellWord at(String line, int cursor) {
        String before = line.substring(0, Math.min(cursor, line.length()));
        Scanner scanner = new Scanner();
        for (int i = 0; i < before.length(); i++) {
            scanner.next(before.charAt(i), i);
        }
        return scanner.word(line, cursor);
    }

    /** Reads a command up to the cursor, character by character. */
    private static final class Scanner {
        private final StringBuilder word = new StringBuilder();
        private int start;
        private char quote;
        private boolean escaped;
        private boolean expectsCommand = true;
        private boolean redirected;
        private String command = "";

        void next(char c, int at) {
            if (escaped) {
                escaped = false;
                word.append(c);
            } else if (c == '\\' && quote != '\'') {
                escaped = true;
            } else if (quote != 0) {
                quoted(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (SEPARATORS.indexOf(c) >= 0) {
                separator(c, at);
            } else {
                word.append(c);
            }
        }

        private void quoted(char c) {
            if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }

        private void separator(char c, int at) {
            String ended = word.toString();
            if (!ended.isEmpty()) {
                if (redirected) {
                    redirected = false;
                } else if (expectsCommand
                        && !BEFORE_A_COMMAND.contains(ended)
                        && !ASSIGNMENT.matcher(ended).matches()) {
                    expectsCommand = false;
                    command = ended;
                }
            }
            if (REDIRECTIONS.contains(c)) {
                redirected = true;
            } else if (c != ' ' && c != '\t') {
                expectsCommand = true;
                command = "";
            }
            word.setLength(0);
            start = at + 1;
        }

        ShellWord word(String line, int cursor) {
            String text = word.toString();
            int from = start;
            boolean value = false;
            int equals = text.indexOf('=');
            String raw = line.substring(start, Math.min(cursor, line.length()));
            if (equals >= 0 && quote == 0 && raw.indexOf('=') == equals) {
                from += equals + 1;
                text = text.substring(equals + 1);
                value = true;
            }
            boolean variable = text.startsWith("$") && quote != '\'' && text.indexOf('/') < 0;
            boolean name = expectsCommand && !redirected && !value;
            Kind kind = variable ? Kind.VARIABLE : name ? Kind.COMMAND : Kind.ARGUMENT;
            return new ShellWord(line, cursor, from, quote, text, kind, command);
        }
    }

    @Override
    public int wordCursor() {
        return word.length();
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of(word);
    }

    @Override
    public int rawWordCursor() {
        return Math.min(cursor, line.length()) - start;
    }

    @Override
    public int rawWordLength() {
        return rawWordCursor();
    }

    /** Quotes a completed word for the shell. */
    @Override
    public CharSequence escape(CharSequence completed, boolean complete) {
        String text = completed.toString();
        if (quote == '\'') {
            return "'" + text.replace("'", "'\\''") + (complete ? "'" : "");
        }
        Matcher expanded = EXPANDED.matcher(text);
        String prefix = expanded.lookingAt() ? expanded.group() : "";
        String rest = text.substring(prefix.length());
        return quote == '"'
                ? '"'
                        + prefix
                        + NEEDS_ESCAPE_IN_DOUBLE_QUOTES.matcher(rest).replaceAll("\\\\$1")
                        + (complete ? "\"" : "")
                : prefix + NEEDS_ESCAPE.matcher(rest).replaceAll("\\\\$1");
    }
}
