package io.github.lambdashell.target.code;

import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The project's jar or zip file, open for reading. */
final class ProjectArchive implements Closeable {
    private static final String SPRING_BOOT = "BOOT-INF/classes/";

    private final Path file;
    private final ZipFile zip;
    private final List<ZipArchiveEntry> entries;

    private ProjectArchive(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
        this.entries = Collections.list(zip.getEntries());
    }

    /**
     * Opens and validates an archive.
     *
     * @throws ShellException with all problems, if it can't be deployed
     */
    static ProjectArchive open(Path file, RuntimeFamily family) {
        if (!Files.isRegularFile(file)) {
            throw refused(file, Files.isDirectory(file) ? "is a directory" : "does not exist");
        }
        ProjectArchive archive;
        try {
            archive = new ProjectArchive(file, ZipFile.builder().setPath(file).get());
        } catch (IOException | IllegalArgumentException e) {
            throw refused(file, whyUnreadable(file));
        }
        try {
            ArchiveCheck.check(file, archive.zip, archive.entries, family);
            return archive;
        } catch (ShellException e) {
            archive.close();
            throw e;
        }
    }

    private static ShellException refused(Path file, String why) {
        return new ShellException(
                "The package " + file + " " + why,
                "Nothing was deployed; build it first, for example with mvn package, or specify a jar or zip file with"
                        + " <codePath> (lshell.codePath), or none for the shell alone");
    }

    private static String whyUnreadable(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            boolean isZip = start.length == 2 && start[0] == 'P' && start[1] == 'K';
            return isZip ? "begins as a zip file, but its end is missing" : "is not a zip file";
        } catch (IOException e) {
            return "can't be read (" + e.getMessage() + ")";
        }
    }

    /** Returns the entries to deploy to /var/task. */
    List<PackageEntry> entries(RuntimeFamily family) {
        List<PackageEntry> result = new ArrayList<>();
        for (ZipArchiveEntry entry : entries) {
            result.add(new ArchivedFile(Layout.projectFile(entry.getName(), family), zip, entry));
        }
        return result;
    }

    /** Returns what Lambda accepts but does not run as its author expects, each as a sentence. */
    List<String> warnings(RuntimeFamily family) {
        List<String> warnings = new ArrayList<>();
        if (family == RuntimeFamily.JAVA
                && entries.stream().anyMatch(entry -> entry.getName().startsWith(SPRING_BOOT))) {
            warnings.add(file + " is a jar of Spring Boot's repackage goal: its classes are in " + SPRING_BOOT
                    + ", where Lambda's Java runtime does not find them; deploy a jar of the shade plugin or a zip file with"
                    + " the dependencies in lib/ instead");
        }
        List<String> backslashes = entries.stream()
                .map(entry -> new String(entry.getRawName(), StandardCharsets.UTF_8))
                .filter(name -> name.indexOf('\\') >= 0)
                .toList();
        if (!backslashes.isEmpty()) {
            warnings.add(file + " has backslashes in the names of " + backslashes.size() + " entries, such as "
                    + backslashes.get(0)
                    + ", which Lambda takes as a part of a file's name and not as a folder; create the"
                    + " file with forward slashes");
        }
        return warnings;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // The file was only read, so a failure to close it has no effect.
        }
    }
}
