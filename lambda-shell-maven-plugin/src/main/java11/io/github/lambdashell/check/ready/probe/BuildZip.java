package io.github.lambdashell.check.ready.probe;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of the build that the package is compared with, in a zip file: {@value #DEPENDENCIES} has the dependencies, one
 * per line, {@value #MODES} the entries of the package that can't be read, and {@code DEPENDENCY!/PATH} is a dependency's
 * file.
 */
final class BuildZip implements Closeable {
    private static final String DEPENDENCIES = "dependencies";
    private static final String MODES = "modes";
    private static final String SEPARATOR = "!/";

    private final ZipFile zip;

    BuildZip(Path file) throws IOException {
        this.zip = new ZipFile(file.toFile());
    }

    int dependencies() throws IOException {
        return lines(DEPENDENCIES).size();
    }

    /** Returns lines with a mode in octal, a blank and the path of an entry. */
    List<String> modes() throws IOException {
        return lines(MODES);
    }

    private List<String> lines(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return List.of();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().collect(Collectors.toList());
        }
    }

    /** Reads a file of a dependency. */
    interface FileReader {
        void read(String dependency, String path, InputStream content) throws IOException;
    }

    /** Passes on the files of all dependencies. */
    void read(FileReader reader) throws IOException {
        List<ZipEntry> entries = new ArrayList<>();
        zip.stream().forEach(entries::add);
        for (ZipEntry entry : entries) {
            int end = entry.getName().indexOf(SEPARATOR);
            if (end > 0) {
                try (InputStream in = zip.getInputStream(entry)) {
                    String path = entry.getName().substring(end + SEPARATOR.length());
                    reader.read(entry.getName().substring(0, end), path, in);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
