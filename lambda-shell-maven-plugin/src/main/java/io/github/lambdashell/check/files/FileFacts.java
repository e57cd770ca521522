package io.github.lambdashell.check.files;

import io.github.lambdashell.session.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the probe's script said of one path.
 *
 * @param facts by name, not null
 * @param contentStart where the content begins in the script's output
 */
record FileFacts(Map<String, String> facts, long contentStart) {
    /** Far more than the facts can be, in bytes. */
    private static final int MOST = 64 * 1024;

    /** Reads them; empty when the output is not the script's. */
    static Optional<FileFacts> read(Output output) throws IOException {
        Map<String, String> facts = new HashMap<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = output.open()) {
            byte[] head = in.readNBytes(MOST);
            for (int i = 0; i < head.length; i++) {
                if (head[i] != '\n') {
                    line.write(head[i]);
                } else if (line.size() == 0) {
                    return facts.isEmpty() ? Optional.empty() : Optional.of(new FileFacts(facts, i + 1L));
                } else {
                    String[] fact = line.toString(StandardCharsets.UTF_8).split(" ", 2);
                    facts.put(fact[0], fact.length == 1 ? "" : fact[1]);
                    line.reset();
                }
            }
        }
        return Optional.empty();
    }

    boolean absent() {
        return facts.containsKey("absent");
    }

    /** A fact: {@code type} is of the path itself, the rest of what it leads to, empty where that is nothing. */
    Optional<String> fact(String name) {
        Optional<String> type = Optional.ofNullable(facts.get("raw"))
                .flatMap(raw -> FileType.ofMode(Integer.parseInt(raw, 16)))
                .map(FileType::toString);
        return name.equals("type") ? type : Optional.ofNullable(facts.get(name));
    }
}
