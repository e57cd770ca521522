package io.github.lambdashell.check.files;

import io.github.lambdashell.check.Glob;
import io.github.lambdashell.session.ShellQuoting;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The script that collects facts about files, and the reader of its output. It requires only a POSIX shell and coreutils, and
 * bash for a pattern: the images of Lambda's runtimes have neither find nor file.
 *
 * <p>The output consists of texts that end with a zero byte, in batches of up to {@value #BATCH} files: {@code p}, a path
 * and its mode; {@code l}, a path and the facts of the file that it leads to; {@code h}, a path and a SHA-256; {@code c}, a
 * path and the content in base64; {@code u}, the path of an unreadable file; {@code e} ends a batch. Then {@code end} follows.
 */
final class FileProbe {
    private static final int BATCH = 500;
    private static final int MAX_TEXT = 64 * 1024;
    private static final List<String> FACTS = List.of("mode", "owner", "uid", "group", "gid", "size");

    private final InputStream in;
    private final Visitor visitor;

    /** Receives files in the order of their paths. */
    interface Visitor {
        /** Receives the content of a readable regular file, and reads all of it. */
        void content(String path, InputStream content) throws IOException;

        /**
         * Receives a file after its content.
         *
         * @param facts by name: {@code type} is that of the path itself, others are those of a link's target; {@code read}
         *     or {@code unreadable} for a regular file of which the content was asked for
         */
        void file(String path, Map<String, String> facts);
    }

    private FileProbe(InputStream in, Visitor visitor) {
        this.in = in;
        this.visitor = visitor;
    }

    /**
     * Reads the script's output.
     *
     * @return false when it is not complete
     */
    static boolean read(InputStream output, Visitor visitor) throws IOException {
        try {
            FileProbe probe = new FileProbe(new BufferedInputStream(output), visitor);
            String kind = probe.text();
            while (!kind.equals("end")) {
                kind = probe.batch(kind);
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    /** Reads a batch, from the kind of its first record; returns the kind of the next batch's. */
    private String batch(String first) throws IOException {
        Map<String, Map<String, String>> files = new LinkedHashMap<>();
        for (String kind = first; !kind.equals("e"); kind = text()) {
            String path = text();
            Map<String, String> facts = files.computeIfAbsent(path, any -> new LinkedHashMap<>());
            switch (kind) {
                case "p" ->
                    FileType.ofMode(Integer.parseInt(text(), 16)).ifPresent(type -> facts.put("type", type.toString()));
                case "l" -> {
                    for (String name : FACTS) {
                        facts.put(name, text());
                    }
                }
                case "u" -> facts.put("unreadable", "");
                case "h" -> facts.put("sha256", text());
                case "c" -> {
                    InputStream base64 = new TextStream();
                    visitor.content(path, Base64.getDecoder().wrap(base64));
                    // The decoder ends at the padding.
                    base64.readAllBytes();
                    facts.put("read", "");
                }
                default -> throw new EOFException();
            }
        }
        files.forEach(visitor::file);
        return text();
    }

    private String text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != 0; next = in.read()) {
            if (next < 0 || bytes.size() > MAX_TEXT) {
                throw new EOFException();
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The rest of a text. */
    private final class TextStream extends InputStream {
        private boolean ended;

        @Override
        public int read() throws IOException {
            int next = ended ? 0 : in.read();
            if (next < 0) {
                throw new EOFException();
            }
            ended = next == 0;
            return ended ? -1 : next;
        }
    }

    /**
     * Returns the script.
     *
     * @param path any text without NUL, also one with newlines, quotes or a leading hyphen
     * @param hash whether to add the content's SHA-256
     * @param content whether to add the content
     */
    static String script(String path, boolean hash, boolean content) {
        StringBuilder script = new StringBuilder("facts() {\n");
        script.append("  stat --printf='p\\0%n\\0%f\\0' -- \"$@\"\n");
        script.append("  stat -L --printf='l\\0%n\\0%a\\0%U\\0%u\\0%G\\0%g\\0%s\\0' -- \"$@\"\n");
        // Reading a pipe or a device may never end.
        script.append("  for path do\n    [ -f \"$path\" ] || continue\n");
        if (hash) {
            script.append("    sum=$(sha256sum < \"$path\") && printf 'h\\0%s\\0%s\\0' \"$path\" \"${sum%% *}\"\n");
        }
        if (content) {
            script.append("    [ -r \"$path\" ] || { printf 'u\\0%s\\0' \"$path\"; continue; }\n");
            script.append("    printf 'c\\0%s\\0' \"$path\"; base64 -w 0 < \"$path\"; printf '\\0'\n");
        }
        script.append("  done\n  printf 'e\\0'\n}\n");
        String quoted = ShellQuoting.quote(Glob.forBash(path));
        if (Glob.isPattern(path)) {
            script.append("pattern=").append(quoted).append("\n");
            script.append("[ -n \"$BASH_VERSION\" ] || { echo 'a pattern requires bash' >&2; exit 3; }\n");
            script.append("shopt -s globstar dotglob nullglob\nIFS=\nset -- $pattern\n");
            script.append("while [ $# -gt 0 ]; do\n  facts \"${@:1:" + BATCH + "}\"\n");
            script.append("  shift $(($# < " + BATCH + " ? $# : " + BATCH + "))\ndone\n");
        } else {
            // -e is false for a broken link.
            script.append("set -- ").append(quoted).append("\n");
            script.append("if [ -e \"$1\" ] || [ -L \"$1\" ]; then facts \"$1\"; fi\n");
        }
        return script.append("printf 'end\\0'\n").toString();
    }
}
