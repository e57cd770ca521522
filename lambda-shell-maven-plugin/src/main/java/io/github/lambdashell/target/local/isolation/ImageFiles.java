package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * The programs, libraries and settings of an unpacked root file system, such as that of an AWS base image. The machine's
 * names of hosts go with them, for the network is the machine's.
 */
final class ImageFiles implements SystemFiles {
    /** What a sandbox has of its own, and what it has not: home directories and what belongs to a running system. */
    private static final Set<String> LEFT_OUT =
            Set.of("dev", "etc", "home", "opt", "proc", "root", "run", "sys", "tmp", "var");

    private static final Set<String> LEFT_OUT_OF_VAR = Set.of("lang", "rapid", "task", "tmp");
    private static final Set<String> LEFT_OUT_OF_ETC =
            Set.of("group", "hosts", "passwd", "resolv.conf", "shadow", "gshadow", "sudoers");

    private final Path image;

    ImageFiles(Path image) {
        this.image = image.toAbsolutePath().normalize();
    }

    @Override
    public void addTo(RootDirectory root) throws IOException {
        showAll(root, image, "/", LEFT_OUT);
        showAll(root, image.resolve("var"), "/var/", LEFT_OUT_OF_VAR);
        showAll(root, image.resolve("etc"), "/etc/", LEFT_OUT_OF_ETC);
        if (!Files.exists(root.path().resolve("etc/java"))) {
            HostFiles.addSettingsOfJdks(root);
        }
        root.copy(Path.of("/etc/hosts"), "/etc/hosts");
        root.copy(Path.of("/etc/resolv.conf"), "/etc/resolv.conf");
        // First, for it shall be the one of its number.
        root.write("/etc/passwd", SANDBOX_USER + text("etc/passwd"));
        root.write("/etc/group", text("etc/group"));
    }

    /**
     * A system's JDK links its trust store to a folder of /etc, which here is the image's. Nothing can be mounted at a
     * link, so the folder of the link is copied with what its links lead to.
     */
    @Override
    public void addToLanguage(RootDirectory root, Path language, Path scratch) throws IOException {
        Path linked = language.resolve("lib/security");
        if (language.startsWith(image) || !Files.isDirectory(linked)) {
            return;
        }
        Path copied = Files.createDirectory(scratch.resolve("security"));
        try (var files = Files.newDirectoryStream(linked, Files::isReadable)) {
            for (Path file : files) {
                Files.copy(file, copied.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        FileTree.openDirectories(copied);
        root.mount(copied, "/var/lang/lib/security");
    }

    private static void showAll(RootDirectory root, Path folder, String target, Set<String> leftOut)
            throws IOException {
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
