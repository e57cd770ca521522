package io.github.lambdashell.function.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shell wrote as it exited: its directory, a NUL, then sections. Each begins with a line {@code : NAME}, which
 * shells take as a command that does nothing. The last two are {@code functions}, whose text can be anything, and
 * {@code end}, which proves that nothing is missing.
 */
final class Capture {
    private static final String FUNCTIONS = ": functions";
    private static final String END = ": end\n";

    final String directory;
    final String functions;
    private final Map<String, List<String>> sections = new HashMap<>();

    private Capture(String directory, String printed) {
        this.directory = directory;
        EntryReader reader = new EntryReader(printed);
        List<String> section = new ArrayList<>();
        for (String entry = reader.next(); !FUNCTIONS.equals(entry); entry = reader.next()) {
            if (entry.startsWith(": ")) {
                section = sections.computeIfAbsent(entry.substring(2), name -> new ArrayList<>());
            } else {
                section.add(entry);
            }
        }
        functions = reader.rest();
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
}
