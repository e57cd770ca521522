package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Unpacks the library, because it can't be loaded from a jar. */
final class Library {
    static final String CONTENT = load();

    private Library() {}

    private static String load() {
        try (InputStream library = Library.class.getResourceAsStream("/liborders.so")) {
            Path file = Files.createTempFile("liborders", ".so");
            try {
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                return Files.readString(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
