package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The root directory of a sandbox, as much like Lambda's as its files can make it: folders and small files made for it,
 * and the places at which folders and devices of the machine are to be mounted. Everything in it is read-only but /tmp.
 */
final class RootDirectory {
    /** The script that is to be the first process, under the name that this has on Lambda. */
    static final String INIT = "/var/rapid/init";

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom");

    private final Path path;
    private final List<Mount> mounts = new ArrayList<>();

    /**
     * A folder or file of the machine, seen in the sandbox.
     *
     * @param source an absolute path outside
     * @param target an absolute path inside
     * @param isDevice whether it can be used as a device, and is not read-only
     */
    record Mount(Path source, String target, boolean isDevice) {}

    private RootDirectory(Path path) {
        this.path = path;
    }

    /** Makes the folder, in the sandbox's own. */
    static RootDirectory make(Place place, SystemFiles system) throws IOException {
        RootDirectory root =
                new RootDirectory(Files.createDirectory(place.directory().resolve("root")));
        system.addTo(root);
        root.addDevices();
        root.write(INIT, Resources.text("init.sh"));
        for (String empty : List.of("home", "opt", "proc", "root", "run", "sys", "tmp", "var/runtime", "var/tmp")) {
            Files.createDirectories(root.path.resolve(empty));
        }
        root.mount(place.code(), "/var/task");
        root.mount(place.language(), "/var/lang");
        system.addToLanguage(root, place.language(), place.directory());
        if (place.layers().isPresent()) {
            root.mount(place.layers().get(), "/opt");
        }
        FileTree.openDirectories(root.path);
        return root;
    }

    /** Where it is, outside. */
    Path path() {
        return path;
    }

    /** What is to be mounted in it, besides /proc and /tmp. */
    List<Mount> mounts() {
        return mounts;
    }

    /** As on Lambda: no terminals, no shared memory, and in /dev/fd the three standard streams alone. */
    private void addDevices() throws IOException {
        Path dev = Files.createDirectories(path.resolve("dev"));
        for (String name : DEVICES) {
            Files.createFile(dev.resolve(name));
            mounts.add(new Mount(Path.of("/dev", name), "/dev/" + name, true));
        }
        Path fd = Files.createDirectory(dev.resolve("fd"));
        for (int i = 0; i <= 2; i++) {
            Files.createSymbolicLink(fd.resolve(String.valueOf(i)), Path.of("/proc/self/fd", String.valueOf(i)));
        }
        Files.createSymbolicLink(dev.resolve("stdin"), Path.of("/proc/self/fd/0"));
        Files.createSymbolicLink(dev.resolve("stdout"), Path.of("/proc/self/fd/1"));
        Files.createSymbolicLink(dev.resolve("stderr"), Path.of("/proc/self/fd/2"));
    }

    /** Lets a folder be seen, a link or a small file as what it is; nothing where there is none of these. */
    void show(Path source, String target) throws IOException {
        if (Files.isSymbolicLink(source)) {
            Files.createSymbolicLink(made(target), Files.readSymbolicLink(source));
        } else if (Files.isDirectory(source)) {
            mount(source, target);
        } else {
            copy(source, target);
        }
    }

    /** Lets a folder be seen. */
    void mount(Path source, String target) throws IOException {
        Files.createDirectories(inside(target));
        mounts.add(new Mount(source, target, false));
    }

    /** Copies a file, or what a link to one leads to; nothing where there is none that can be read. */
    void copy(Path source, String target) throws IOException {
        if (Files.isRegularFile(source) && Files.isReadable(source)) {
            Files.copy(source, made(target), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    void write(String target, String text) throws IOException {
        Path file = Files.writeString(made(target), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Path made(String target) throws IOException {
        Path file = inside(target);
        Files.createDirectories(file.getParent());
        return file;
    }

    private Path inside(String target) {
        return path.resolve(target.substring(1));
    }
}
