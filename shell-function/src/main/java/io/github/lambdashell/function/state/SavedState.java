package io.github.lambdashell.function.state;

import static io.github.lambdashell.function.state.Quoting.quote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A state on its way between shells. Its text is one character per byte. */
public final class SavedState {
    private final String formatName;
    private final String directory;
    private final String script;
    private final String options;

    /**
     * @param directory where the shell was
     * @param script restores all but the options
     * @param options restores these
     */
    SavedState(String formatName, String directory, String script, String options) {
        this.formatName = formatName;
        this.directory = directory;
        this.script = script;
        this.options = options;
    }

    /** As the client carries it: opaque, compressed, in base64. */
    String encode() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(String.join("\0", formatName, directory, script, options).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(compressed.toByteArray());
    }

    /** @throws IllegalArgumentException when it is nothing that {@link #encode} has made */
    public static SavedState decode(String blob) {
        String text;
        try (InputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(blob)))) {
            text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        String[] parts = text.split("\0", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("a state has four parts");
        }
        return new SavedState(parts[0], parts[1], parts[2], parts[3]);
    }

    /**
     * Shell text that restores it but for its {@link #options}, and says on standard error what of it does not apply
     * any more.
     */
    public String restoring(StateFormat format) {
        if (!format.name.equals(formatName)) {
            String words = "lshell: the state of the session is dropped: it is " + formatName + "'s, and this is "
                    + format.name;
            return "echo " + quote(words) + " >&2\n";
        }
        String say =
                "printf 'lshell: %s is not there any more, going on in %s\\n' " + quote(directory) + " \"$PWD\" >&2";
        return "cd -- " + quote(directory) + " 2>/dev/null || " + say + '\n' + script;
    }

    /** Shell text that restores options which show or check every command after them. */
    public String options(StateFormat format) {
        return format.name.equals(formatName) ? options : "";
    }
}
