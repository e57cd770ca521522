package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.golden.EqualsFile;
import io.github.lambdashell.check.golden.Redactions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that elements refer to. */
final class TextFiles {
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
            read(file, EqualsFile.MAX_BYTES);
        }
        return new Golden(file, source.redactions(), source.overwrite());
    }

    static String script(String name, Scope scope) {
        String script = read(scope.source().resolve(name), CheckBinder.MAX_TEXT);
        if (script.isBlank()) {
            throw new IllegalArgumentException("must contain a command, but " + name + " is empty");
        }
        return script;
    }

    private static String read(Path file, long maxBytes) {
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
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must be UTF-8 text, but " + file + " is not", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e, e);
        }
    }
}
