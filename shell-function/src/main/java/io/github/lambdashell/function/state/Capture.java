package io.github.lambdashell.function.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shell wrote as it exited: its directory, a NUL, then sections. Each begins with a line {@code : NAME}, which
 * shells take as a command that does nothing, and consists of entries, as {@code declare -p} and {@code alias} print
 * them: an entry is a line, or more lines where a line break is quoted. The last two sections are {@code functions},
 * whose text can be anything, and {@code end}, which proves that nothing is missing.
 */
final class Capture {
    private static final String FUNCTIONS = ": functions";
    private static final String END = ": end\n";

    final String directory;
    final String functions;
    private final Map<String, List<String>> sections = new HashMap<>();
    private final String printed;
    private int position;

    private Capture(String directory, String printed) {
        this.directory = directory;
        this.printed = printed;
        List<String> section = new ArrayList<>();
        for (String entry = nextEntry(); !entry.equals(FUNCTIONS); entry = nextEntry()) {
            if (entry.startsWith(": ")) {
                section = new ArrayList<>();
                sections.put(entry.substring(2), section);
            } else {
                section.add(entry);
            }
        }
        functions = printed.substring(position);
    }

    /**
     * Reads it.
     *
     * @return null when it is not complete
     */
    static Capture read(String written) {
        int nul = written.indexOf('\0');
        if (nul < 0 || !written.endsWith('\n' + END)) {
            return null;
        }
        return new Capture(written.substring(0, nul), written.substring(nul + 1, written.length() - END.length()));
    }

    /** A section's entries, none when there is no such section. */
    List<String> section(String name) {
        return sections.getOrDefault(name, List.of());
    }

    private String nextEntry() {
        int i = position;
        while (printed.charAt(i) != '\n') {
            char c = printed.charAt(i);
            if (c == '"' || c == '\'') {
                i = closing(i, c == '"' || i > 0 && printed.charAt(i - 1) == '$');
            }
            i += c == '\\' ? 2 : 1;
        }
        String entry = printed.substring(position, i);
        position = i + 1;
        return entry;
    }

    /** Where the quote that opens at {@code start} closes. */
    private int closing(int start, boolean escapes) {
        char quote = printed.charAt(start);
        int i = start + 1;
        while (printed.charAt(i) != quote) {
            i += escapes && printed.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
