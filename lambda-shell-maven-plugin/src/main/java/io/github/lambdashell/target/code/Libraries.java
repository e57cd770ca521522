package io.github.lambdashell.target.code;

import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The project's dependencies, which are added to the package unless the project's archive contains them. */
final class Libraries {
    /** Number of classes of a library that are looked up in the archive. */
    private static final int SAMPLE = 20;

    private Libraries() {}

    /**
     * Returns the dependencies to add.
     *
     * @param names names of the entries of the project's archive, not null
     */
    static List<PackageEntry> of(ProjectCode code, Set<String> names) {
        List<PackageEntry> libraries = new ArrayList<>();
        try {
            if (isSelfContained(code, names)) {
                return libraries;
            }
            Set<String> taken = new HashSet<>();
            for (Path file : code.libraries()) {
                String name = file.getFileName().toString();
                // Artifacts of different groups can have the same file name; a number keeps them apart.
                for (int i = 2; !taken.add(name); i++) {
                    name = i + "-" + file.getFileName();
                }
                libraries.add(new LibraryFile(Layout.LIBRARIES + name, file, Files.size(file)));
            }
        } catch (IOException e) {
            throw new ShellException(
                    "A dependency of the project can't be read: " + e.getMessage(),
                    "Nothing was deployed; build the project again, or deploy the shell alone with"
                            + " -Dlshell.codePath=none",
                    e);
        }
        return libraries;
    }

    /**
     * Returns whether the archive contains its dependencies: it holds jars, was created by the shade plugin, or has a
     * library's classes.
     */
    private static boolean isSelfContained(ProjectCode code, Set<String> names) throws IOException {
        if (names.stream().anyMatch(name -> name.endsWith(".jar"))
                || Files.exists(code.archive()
                        .resolveSibling("original-" + code.archive().getFileName()))) {
            return true;
        }
        for (Path library : code.libraries()) {
            if (library.toString().endsWith(".jar") && holdsClassesOf(library, names)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsClassesOf(Path library, Set<String> names) throws IOException {
        try (ZipFile jar = new ZipFile(library.toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class")
                            && !name.endsWith("module-info.class")
                            && !name.startsWith("META-INF/"))
                    .limit(SAMPLE)
                    .toList();
            return !classes.isEmpty() && names.containsAll(classes);
        }
    }
}
