package io.github.lambdashell.check.ready.probe;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of the package and its layers that the function's user can't read. On Lambda they belong to root, so that the
 * last three bits of their modes decide, also where they belong to this user.
 */
final class FileModes {
    private static final String SHELL = ".lshell";

    private final UserPrincipal user;
    private final Path task;
    private final Path opt;
    /** Paths on Lambda, with the mode or the reason. */
    private final Map<String, String> unreadable = new TreeMap<>();

    /** @param own a folder that belongs to this user */
    FileModes(Path own, Path task, Path opt) throws IOException {
        this.user = Files.getOwner(own);
        this.task = task;
        this.opt = opt;
    }

    /** Returns the path that a file of the package or of its layers has on Lambda. */
    static String onLambda(Path path, Path task, Path opt) {
        if (path.startsWith(task)) {
            return Path.of("/var/task").resolve(task.relativize(path)).toString();
        }
        return path.startsWith(opt)
                ? Path.of("/opt").resolve(opt.relativize(path)).toString()
                : path.toString();
    }

    /** Returns the paths of the files below a folder that this user can read, and notes those that Lambda's can't read. */
    List<String> readableFiles(Path root) throws IOException {
        List<String> files = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return files;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(root.resolve(SHELL))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                // Locally a folder's mode is not that of the package.
                boolean isOpen =
                        Files.getOwner(folder).equals(user) || Files.isReadable(folder) && Files.isExecutable(folder);
                if (!isOpen) {
                    addUnreadable(folder);
                }
                return Files.isReadable(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!Files.isReadable(file)) {
                    // Otherwise it is a link to nowhere.
                    if (Files.exists(file)) {
                        addUnreadable(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
                PosixFileAttributes target = Files.readAttributes(file, PosixFileAttributes.class);
                if (target.owner().equals(user) && !target.permissions().contains(PosixFilePermission.OTHERS_READ)) {
                    addUnreadable(file);
                }
                files.add(root.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                unreadable.put(onLambda(file, task, opt), e.getClass().getSimpleName());
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void addUnreadable(Path path) throws IOException {
        unreadable.put(onLambda(path, task, opt), "mode " + mode(path));
    }

    private static String mode(Path path) throws IOException {
        int mode = 0;
        Collection<PosixFilePermission> permissions =
                Files.readAttributes(path, PosixFileAttributes.class).permissions();
        for (PosixFilePermission permission : permissions) {
            // The order of the constants is that of the bits from high to low.
            mode |= 1 << PosixFilePermission.values().length - 1 - permission.ordinal();
        }
        return String.format("%03o", mode);
    }

    /** Reports the files and the entries of the build's package that can't be read. */
    void report(BuildZip build, Findings findings) throws IOException {
        for (String line : build.modes()) {
            int end = line.indexOf(' ');
            unreadable.put("/var/task/" + line.substring(end + 1), "mode " + line.substring(0, end));
        }
        List<String> paths = new ArrayList<>();
        unreadable.forEach((path, reason) -> {
            if (!findings.accepts(path)) {
                paths.add(path + " (" + reason + ")");
            }
        });
        if (!paths.isEmpty()) {
            findings.problem(
                    "modes",
                    Findings.some(paths)
                            + " can't be read by the function's user, who is not the owner; give files the mode"
                            + " 644 and folders 755, or build with umask 022");
        }
    }
}
