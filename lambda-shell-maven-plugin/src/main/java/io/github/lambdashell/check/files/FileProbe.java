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
 * The facts about a path, and the script that collects them. It requires only a POSIX shell and coreutils: the images of
 * Lambda's runtimes have neither find nor file. Its output is a line for each fact, an empty line, and optionally the
 * content.
 *
 * @param facts by name, not null
 * @param contentStart the offset of the content in the output
 */
record FileProbe(Map<String, String> facts, long contentStart) {
    private static final int MAX_BYTES = 64 * 1024;

    /** Parses the output; empty when it is not the script's. */
    static Optional<FileProbe> read(Output output) throws IOException {
        Map<String, String> facts = new HashMap<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = output.open()) {
            byte[] head = in.readNBytes(MAX_BYTES);
            for (int i = 0; i < head.length; i++) {
                if (head[i] != '\n') {
                    line.write(head[i]);
                } else if (line.size() == 0) {
                    return facts.isEmpty() ? Optional.empty() : Optional.of(new FileProbe(facts, i + 1L));
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

    /**
     * Returns the script.
     *
     * @param path any text without NUL, also one with newlines, quotes or a leading hyphen
     * @param hash whether to add the content's SHA-256
     * @param content whether to add the content
     */
    static String script(String path, boolean hash, boolean content) {
        StringBuilder script = new StringBuilder();
        script.append("path=").append(quoted(path)).append('\n');
        // -e is false for a broken link.
        script.append("if [ -e \"$path\" ] || [ -L \"$path\" ]; then\n");
        script.append("  stat --printf='raw %f\\n' -- \"$path\" || exit\n");
        script.append(
                "  stat -L --printf='mode %a\\nowner %U\\nuid %u\\ngroup %G\\ngid %g\\nsize %s\\n' -- \"$path\"\n");
        if (hash) {
            // Reading a pipe or a device may never end.
            script.append(
                    "  if [ -f \"$path\" ]; then sum=$(sha256sum < \"$path\") && echo \"sha256 ${sum%% *}\"; fi\n");
        }
        script.append("else\n  echo absent\nfi\necho\n");
        if (content) {
            script.append("[ ! -f \"$path\" ] || cat -- \"$path\"\n");
        }
        return script.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
