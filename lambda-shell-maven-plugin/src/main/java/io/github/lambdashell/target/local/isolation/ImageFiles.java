package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The programs, libraries and settings of an unpacked root file system, such as that of an AWS base image, with the
 * machine's host names, because the network is the machine's or leads there.
 */
final class ImageFiles implements SystemFiles {
    /** Folders that each sandbox has of its own, home directories, and folders of a running system. */
    private static final Set<String> LEFT_OUT =
            Set.of("dev", "etc", "home", "opt", "proc", "root", "run", "sys", "tmp", "var");

    private static final Set<String> LEFT_OUT_OF_VAR = Set.of("lang", "rapid", "task", "tmp");
    private static final Set<String> LEFT_OUT_OF_ETC =
            Set.of("group", "hosts", "passwd", "resolv.conf", "shadow", "gshadow", "sudoers");

    private static final int MOST_LINKS = 40;

    private final Path image;

    ImageFiles(Path image) {
        this.image = image.toAbsolutePath().normalize();
    }

    @Override
    public void addTo(SandboxRoot root) throws IOException {
        showAll(root, image, "/", LEFT_OUT);
        showAll(root, image.resolve("var"), "/var/", LEFT_OUT_OF_VAR);
        showAll(root, image.resolve("etc"), "/etc/", LEFT_OUT_OF_ETC);
        if (!Files.exists(image.resolve("etc/java"))) {
            HostFiles.addSettingsOfJdks(root);
        }
        root.copy(Path.of("/etc/hosts"), "/etc/hosts");
        root.copy(Path.of("/etc/resolv.conf"), "/etc/resolv.conf");
        // First, because the image may have another user of the same number.
        root.write("/etc/passwd", SANDBOX_USER + text("etc/passwd"));
        root.write("/etc/group", text("etc/group"));
    }

    /**
     * A system's JDK links its trust store to a folder of /etc, which here is the image's. Nothing can be mounted at a
     * link, so the folder of the link is copied with the files that its links lead to.
     */
    @Override
    public void addToLanguage(SandboxRoot root, Path language) throws IOException {
        Path linked = language.resolve("lib/security");
        if (!language.startsWith(image) && Files.isDirectory(linked)) {
            root.mountCopies(linked, "/var/lang/lib/security");
        }
    }

    /** Follows symbolic links as a process does whose root directory is the image. */
    @Override
    public Optional<Path> shell() throws IOException {
        Path inside = Path.of("/bin/sh");
        for (int links = 0; links < MOST_LINKS; links++) {
            Optional<Path> followed = followFirstLink(inside);
            if (followed.isEmpty()) {
                return Optional.of(outside(inside)).filter(Files::isRegularFile);
            }
            inside = followed.get();
        }
        return Optional.empty();
    }

    private Optional<Path> followFirstLink(Path inside) throws IOException {
        for (int count = 1; count <= inside.getNameCount(); count++) {
            Path start = Path.of("/").resolve(inside.subpath(0, count));
            if (Files.isSymbolicLink(outside(start))) {
                Path destination = start.resolveSibling(Files.readSymbolicLink(outside(start)));
                Path rest = start.relativize(inside);
                return Optional.of(destination.resolve(rest).normalize());
            }
        }
        return Optional.empty();
    }

    private Path outside(Path inside) {
        return image.resolve(inside.toString().substring(1));
    }

    private static void showAll(SandboxRoot root, Path folder, String target, Set<String> leftOut) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!leftOut.contains(name)) {
                    root.show(entry, target + name);
                }
            }
        }
    }

    private String text(String name) throws IOException {
        Path file = image.resolve(name);
        return Files.isReadable(file) ? Files.readString(file) : "";
    }
}
