package io.github.lambdashell.check.ready.probe;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An element of the class path: a jar or a folder. */
final class Place implements Closeable {
    private final String name;
    private final boolean isRuntimes;
    private final Path path;
    /** Null for a folder. */
    private final JarFile jar;

    private final Set<String> files = new TreeSet<>();

    private Place(String name, boolean isRuntimes, Path path, JarFile jar) {
        this.name = name;
        this.isRuntimes = isRuntimes;
        this.path = path;
        this.jar = jar;
    }

    /**
     * Returns a jar.
     *
     * @param name its path on Lambda
     * @param isRuntimes whether it is the runtime's own
     */
    static Place jar(String name, boolean isRuntimes, Path path) throws IOException {
        Place place = new Place(
                name, isRuntimes, path, new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version()));
        place.jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> place.files.add(entry.getName()));
        return place;
    }

    /** Returns a folder with some files. */
    static Place folder(String name, Path path, Collection<String> files) {
        Place place = new Place(name, false, path, null);
        place.files.addAll(files);
        return place;
    }

    String name() {
        return name;
    }

    boolean isRuntimes() {
        return isRuntimes;
    }

    boolean isFolder() {
        return jar == null;
    }

    Path path() {
        return path;
    }

    boolean has(String file) {
        return files.contains(file);
    }

    /** Returns the files whose path begins and ends with these texts. */
    List<String> files(String start, String end) {
        return files.stream()
                .filter(file -> file.startsWith(start) && file.endsWith(end))
                .collect(Collectors.toList());
    }

    /** Returns the files of classes that the JVM finds by their names. */
    List<String> classes() {
        List<String> classes = new ArrayList<>();
        for (String file : files) {
            if (file.endsWith(".class")
                    && !file.startsWith("META-INF/")
                    && !file.endsWith("module-info.class")
                    && !file.endsWith("package-info.class")) {
                classes.add(file);
            }
        }
        return classes;
    }

    /** Returns whether the JVM uses META-INF/versions. */
    boolean isMultiRelease() throws IOException {
        return jar != null && jar.isMultiRelease();
    }

    /** Returns the content of a file, in a multi-release jar that of the JVM's version. */
    InputStream open(String file) throws IOException {
        return jar == null ? Files.newInputStream(path.resolve(file)) : jar.getInputStream(jar.getJarEntry(file));
    }

    byte[] read(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** Returns the size and the checksum of a file. */
    String digest(String file) throws IOException {
        if (jar != null) {
            ZipEntry entry = jar.getJarEntry(file);
            return entry.getSize() + " " + entry.getCrc();
        }
        try (CheckedInputStream in = new CheckedInputStream(open(file), new CRC32())) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            return size + " " + in.getChecksum().getValue();
        }
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
