package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.golden.EqualsFile;
import io.github.lambdashell.check.golden.Redactions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that elements and parameters refer to. */
public final class TextFiles {
    /** The maximum number of bytes of a command: a request to Lambda has at most 6 MB. */
    public static final int MAX_COMMAND = 4 * 1024 * 1024;

    private TextFiles() {}

    /**
     * A golden file and how it is compared.
     *
     * @param path the file, not null
     * @param redactions replaced before the comparison, not null
     * @param overwrite whether it is written instead
     */
    record Golden(Path path, Redactions redactions, boolean overwrite) {}

    static Golden golden(String name, Scope scope) {
        Scope.Source source = scope.source();
        Path file = source.resolve(name);
        if (!source.overwrite() && !Files.exists(file)) {
            throw new IllegalArgumentException("is not found: " + file + "; write it with -Dlshell.overwrite");
        }
        if (Files.exists(file)) {
            decode(read(file, EqualsFile.MAX_BYTES), file.toString());
        }
        return new Golden(file, source.redactions(), source.overwrite());
    }

    static String script(String name, Scope scope) {
        Path file = scope.source().resolve(name);
        return command(read(file, MAX_COMMAND), file.toString());
    }

    /**
     * Returns the command in a text.
     *
     * @param subject the name of its source, for messages
     * @throws IllegalArgumentException whose message follows the name of the element or parameter
     */
    public static String command(byte[] text, String subject) {
        if (text.length > MAX_COMMAND) {
            throw new IllegalArgumentException("must be up to " + MAX_COMMAND + " bytes, but " + subject + " is more");
        }
        String command = decode(text, subject);
        if (command.isBlank()) {
            throw new IllegalArgumentException("must contain a command, but " + subject + " is empty");
        }
        if (command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be text, but " + subject + " contains a NUL character");
        }
        return command;
    }

    private static String decode(byte[] text, String subject) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be UTF-8 text, but " + subject + " is not", e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException whose message follows the name of the element or parameter
     */
    public static byte[] read(Path file, long maxBytes) {
        try {
            if (!Files.exists(file)) {
                throw new IllegalArgumentException("is not found: " + file);
            }
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("must be a file, but " + file + " is not");
            }
            if (Files.size(file) > maxBytes) {
                throw new IllegalArgumentException(
                        "must be up to " + maxBytes + " bytes, but " + file + " is " + Files.size(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e, e);
        }
    }
}
