package io.github.lambdashell.check.ready;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The files of the build that the package is compared with, as a zip file: the dependencies' files that register classes,
 * and the modes in the package.
 *
 * @param zip in the format of the probe's class of this name, not null
 */
public record BuildFiles(byte[] zip) {
    /** No build, as outside a project. */
    public static final BuildFiles NONE = of(List.of(), Optional.empty());

    private static final List<String> REGISTRATIONS =
            List.of("META-INF/services", "META-INF/org/apache/logging/log4j/core/config/plugins");

    /** A package that was built with a wrong umask has this problem with all of its entries. */
    private static final int MAX_MODES = 200;

    private static final int READ = 04;
    private static final int READ_AND_ENTER = 05;

    /**
     * A dependency of the project.
     *
     * @param name its coordinates, not null
     * @param file a jar, or a folder of a module that is not packaged yet; not null
     */
    public record Dependency(String name, Path file) {}

    /**
     * Reads the files.
     *
     * @param dependencies what the package is made of
     * @param archive the package as it was built, empty if there is none
     * @throws UncheckedIOException if a file can't be read
     */
    public static BuildFiles of(List<Dependency> dependencies, Optional<Path> archive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "dependencies", dependencies.stream().map(Dependency::name).collect(Collectors.joining("\n")));
            if (archive.isPresent()) {
                add(zip, "modes", modes(archive.get()));
            }
            for (Dependency dependency : dependencies) {
                addRegistrations(zip, dependency);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildFiles(bytes.toByteArray());
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void addRegistrations(ZipOutputStream zip, Dependency dependency) throws IOException {
        if (Files.isDirectory(dependency.file())) {
            addRegistrations(zip, dependency, dependency.file());
        } else if (dependency.file().toString().endsWith(".jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(dependency.file())) {
                addRegistrations(zip, dependency, jar.getPath("/"));
            }
        }
    }

    private static void addRegistrations(ZipOutputStream zip, Dependency dependency, Path root) throws IOException {
        for (String folder : REGISTRATIONS) {
            Path path = root.resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                        zip.putNextEntry(new ZipEntry(dependency.name() + "!/" + folder + "/" + file.getFileName()));
                        Files.copy(file, zip);
                    }
                }
            }
        }
    }

    /** Returns the entries that another user than the owner can't read, each with its mode before it. */
    private static String modes(Path archive) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            return Collections.list(zip.getEntries()).stream()
                    .filter(BuildFiles::isUnreadable)
                    .limit(MAX_MODES)
                    .map(entry -> String.format("%03o %s", entry.getUnixMode() & 0777, entry.getName()))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static boolean isUnreadable(ZipArchiveEntry entry) {
        int mode = entry.getUnixMode() & 0777;
        int needed = entry.isDirectory() ? READ_AND_ENTER : READ;
        // Without modes, Lambda takes its defaults.
        return mode != 0 && !entry.isUnixSymlink() && (mode & needed) != needed;
    }
}
