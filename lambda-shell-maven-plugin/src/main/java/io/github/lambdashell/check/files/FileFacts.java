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
 * The facts about a path in the probe's output.
 *
 * @param facts by name, not null
 * @param contentStart the offset of the content in the output
 */
record FileFacts(Map<String, String> facts, long contentStart) {
    private static final int MAX_BYTES = 64 * 1024;

    /** Parses the output; empty when it is not the script's. */
    static Optional<FileFacts> read(Output output) throws IOException {
        Map<String, String> facts = new HashMap<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = output.open()) {
            byte[] head = in.readNBytes(MAX_BYTES);
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

    /** Returns a fact: {@code type} is that of the path itself, others are those of a link's target. */
    Optional<String> fact(String name) {
        Optional<String> type = Optional.ofNullable(facts.get("raw"))
                .flatMap(raw -> FileType.ofMode(Integer.parseInt(raw, 16)))
                .map(FileType::toString);
        return name.equals("type") ? type : Optional.ofNullable(facts.get(name));
    }
}
