package io.github.lambdashell.target.code;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.RuntimeFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Validation of the project's archive: entries that Lambda can't unpack, or that conflict with the shell's files. */
final class ArchiveCheck {
    private final Path file;
    private final Problems problems = new Problems();

    private ArchiveCheck(Path file) {
        this.file = file;
    }

    /**
     * Checks an archive.
     *
     * @throws io.github.lambdashell.config.ShellException with all problems, if there are any
     */
    static void check(Path file, ZipFile zip, List<ZipArchiveEntry> entries, RuntimeFamily family) {
        ArchiveCheck check = new ArchiveCheck(file);
        if (entries.isEmpty()) {
            check.problems.add("The package " + file + " is empty");
        }
        NavigableSet<String> names = new TreeSet<>();
        for (ZipArchiveEntry entry : entries) {
            check.entry(zip, entry);
            // Quarkus's function.zip repeats META-INF/, which unpacks all the same.
            if (!names.add(entry.getName()) && !entry.isDirectory()) {
                check.refuse(entry, "is in it twice");
            }
        }
        entries.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> check.isNoFolder(entry, names));
        if (family == RuntimeFamily.PROVIDED && names.containsAll(Set.of(Layout.BOOTSTRAP, Layout.PROJECT_BOOTSTRAP))) {
            check.problems.add(file + " holds both " + Layout.BOOTSTRAP + " and " + Layout.PROJECT_BOOTSTRAP
                    + ", but the second name is needed for the first file, because the shell uses its name");
        }
        check.problems.throwIfAny();
    }

    private void entry(ZipFile zip, ZipArchiveEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {

            refuse(entry, "leads out of it");
        }
        if ((name + "/").startsWith(Layout.SHELL)) {
            refuse(entry, "has the path of the shell");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            refuse(entry, "is encrypted");
        } else if (!zip.canReadEntryData(entry)) {
            refuse(entry, "is compressed in a way that Lambda does not know");
        }
    }

    private void isNoFolder(ZipArchiveEntry entry, NavigableSet<String> names) {
        String folder = entry.getName() + "/";
        String next = names.ceiling(folder);
        if (next != null && next.startsWith(folder)) {
            refuse(entry, "is both a file and a folder");
        }
    }

    private void refuse(ZipArchiveEntry entry, String why) {
        problems.add("In the package " + file + ", " + entry.getName() + " " + why);
    }
}
