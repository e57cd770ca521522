package io.github.lambdashell.function.state;

/**
 * Takes apart what a shell printed for being read back, as {@code declare -p} and {@code alias} do: an entry is a line,
 * or more lines where a line break is quoted.
 */
final class EntryReader {
    private final String printed;
    private int position;

    EntryReader(String printed) {
        this.printed = printed;
    }

    /** The next entry without its line break; null when there is no whole one. */
    String next() {
        for (int i = position; i < printed.length(); i++) {
            char c = printed.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' || c == '\'') {
                i = closing(i, c == '"' || i > 0 && printed.charAt(i - 1) == '$');
            } else if (c == '\n') {
                String entry = printed.substring(position, i);
                position = i + 1;
                return entry;
            }
        }
        return null;
    }

    /** Where the quote that opens at {@code start} closes, or the end. */
    private int closing(int start, boolean escapes) {
        char quote = printed.charAt(start);
        int i = start + 1;
        while (i < printed.length() && printed.charAt(i) != quote) {
            i += escapes && printed.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** All after the entries that were read. */
    String rest() {
        return printed.substring(position);
    }
}
