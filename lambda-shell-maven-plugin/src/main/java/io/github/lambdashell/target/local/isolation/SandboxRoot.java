package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.state.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The root directory of a sandbox, as much like Lambda's as its files allow: folders, links and small files, and the
 * places at which folders and devices of the machine are to be mounted. Everything in it is read-only except for /tmp.
 *
 * <p>All sandboxes with the same content share one directory, which is built once and named after its content. The
 * scripts that start a sandbox are beside it.
 */
final class SandboxRoot {
    /**
     * The start of the first process's command line. No user can read this copy of the shell, so the kernel lets no process
     * of the sandbox open its descriptors or trace it (PR_SET_DUMPABLE in prctl(2)).
     */
    static final List<String> FIRST_PROCESS = List.of("/var/rapid/sh", "/var/rapid/init");

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom");
    private static final List<String> SCRIPTS = List.of("namespace.sh", "unshare-setup.sh");
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final List<Mount> mounts = new ArrayList<>();
    private Path base;

    /**
     * A folder or file of the machine that the sandbox sees.
     *
     * @param source an absolute path outside
     * @param target an absolute path inside
     * @param isDevice whether it can be used as a device, and is not read-only
     */
    record Mount(Path source, String target, boolean isDevice) {}

    /**
     * A file, folder or link of the shared directory.
     *
     * @param content identifies it, for the directory's name
     */
    private record Entry(String content, Creation creation) {}

    @FunctionalInterface
    private interface Creation {
        void at(Path path) throws IOException;
    }

    private SandboxRoot() {}

    /**
     * Returns the root directory for a sandbox, which is built when there is none with this content.
     *
     * @param hasOwnNetwork whether its name server and its address are those of a network of its own
     */
    static SandboxRoot of(SandboxLayout layout, SystemFiles system, boolean hasOwnNetwork) throws IOException {
        SandboxRoot root = new SandboxRoot();
        for (String empty : List.of("home", "opt", "proc", "root", "run", "sys", "tmp", "var/runtime", "var/tmp")) {
            root.addFolder("/" + empty);
        }
        system.addTo(root);
        ExtensionPrograms.addHosts(root, layout, hasOwnNetwork ? OwnNetwork.ADDRESS : "127.0.0.1");
        if (hasOwnNetwork) {
            OwnNetwork.resolvConf().ifPresent(text -> root.write("/etc/resolv.conf", text));
        }
        root.addDevices();
        root.write(FIRST_PROCESS.get(1), resource("init.sh"));
        if (system.shell().isPresent()) {
            root.addCopy(system.shell().get(), "root" + FIRST_PROCESS.get(0), "--x--x--x");
        }
        for (String script : SCRIPTS) {
            root.addText(script, resource(script));
        }
        root.mount(layout.code(), "/var/task");
        root.mount(layout.language(), "/var/lang");
        system.addToLanguage(root, layout.language());
        layout.runtime().ifPresent(runtime -> root.mount(runtime, "/var/runtime"));
        if (layout.layers().isPresent()) {
            root.mount(layout.layers().get(), "/opt");
        }
        root.base = root.open(layout);
        return root;
    }

    /** Without commons-io, whose classes take a process as long to load as a sandbox takes to start. */
    static String resource(String name) throws IOException {
        try (InputStream in = SandboxRoot.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the directory, outside. */
    Path path() {
        return base.resolve("root");
    }

    /** Returns the file of a script of this package. */
    Path script(String name) {
        return base.resolve(name);
    }

    /** Returns whether the sandbox sees a file of the machine at the same path. */
    boolean shows(String path) {
        return mounts.stream()
                .anyMatch(mount -> mount.source.toString().equals(mount.target) && path.startsWith(mount.target + "/"));
    }

    /** Returns what is to be mounted in it, besides /proc and /tmp. */
    List<Mount> mounts() {
        return mounts.stream()
                .map(mount -> new Mount(base.resolve(mount.source), mount.target, mount.isDevice))
                .toList();
    }

    private Path open(SandboxLayout layout) throws IOException {
        StringBuilder content = new StringBuilder();
        entries.forEach((path, entry) ->
                content.append(path).append('\0').append(entry.content).append('\0'));
        Path directory = layout.shared().resolve(name(content.toString()));
        try {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            build(directory, layout.directory());
        }
        return directory;
    }

    /** Two checksums, because the classes of a cryptographic digest take long to load, and nobody forges the content. */
    private static String name(String content) {
        CRC32 checksum = new CRC32();
        checksum.update(content.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(checksum.getValue()) + Integer.toHexString(content.hashCode());
    }

    /** Builds the directory in that of the sandbox, which is removed also if this process is killed. */
    private void build(Path directory, Path sandbox) throws IOException {
        deleteUnused(directory.getParent());
        Path unfinished = Files.createTempDirectory(sandbox, "root");
        try {
            for (var entry : entries.entrySet()) {
                Path path = unfinished.resolve(entry.getKey());
                Files.createDirectories(path.getParent());
                entry.getValue().creation.at(path);
            }
            FileTree.openDirectories(unfinished);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTree.delete(unfinished);
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            // Another thread or process has built the same one.
        }
    }

    private static void deleteUnused(Path shared) throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        try (var directories = Files.newDirectoryStream(shared)) {
            for (Path directory : directories) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(limit)) {
                    FileTree.delete(directory);
                }
            }
        }
    }

    /** As on Lambda: no terminals, no shared memory, and in /dev/fd only the three standard streams. */
    private void addDevices() {
        for (String name : DEVICES) {
            addText("root/dev/" + name, "");
            mounts.add(new Mount(Path.of("/dev", name), "/dev/" + name, true));
        }
        for (int i = 0; i <= 2; i++) {
            addLink("/dev/fd/" + i, Path.of("/proc/self/fd/" + i));
        }
        addLink("/dev/stdin", Path.of("/proc/self/fd/0"));
        addLink("/dev/stdout", Path.of("/proc/self/fd/1"));
        addLink("/dev/stderr", Path.of("/proc/self/fd/2"));
    }

    /** Shows a folder, a link or a small file as what it is; has no effect where there is none of these. */
    void show(Path source, String target) throws IOException {
        if (Files.isSymbolicLink(source)) {
            addLink(target, Files.readSymbolicLink(source));
        } else if (Files.isDirectory(source)) {
            mount(source, target);
        } else {
            copy(source, target);
        }
    }

    /** Shows a folder. */
    void mount(Path source, String target) {
        addFolder(target);
        mounts.add(new Mount(source, target, false));
    }

    /** Copies a file, or the file that a link leads to; has no effect where there is none that can be read. */
    void copy(Path source, String target) throws IOException {
        addCopy(source, "root" + target, null);
    }

    void write(String target, String text) {
        addText("root" + target, text);
    }

    /** Shows copies of a folder's files as a folder. */
    void mountCopies(Path source, String target) throws IOException {
        String name = "copies" + target;
        entries.put(name, new Entry("folder", Files::createDirectories));
        try (var files = Files.newDirectoryStream(source)) {
            for (Path file : files) {
                addCopy(file, name + "/" + file.getFileName(), null);
            }
        }
        mounts.add(new Mount(Path.of(name), target, false));
    }

    private void addFolder(String target) {
        entries.put("root" + target, new Entry("folder", Files::createDirectories));
    }

    private void addLink(String target, Path destination) {
        entries.put(
                "root" + target,
                new Entry("link to " + destination, path -> Files.createSymbolicLink(path, destination)));
    }

    private void addText(String path, String text) {
        entries.put(path, new Entry("text " + text, file -> {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }));
    }

    /** @param mode of the copy; null for that of the source */
    private void addCopy(Path source, String path, String mode) throws IOException {
        if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
            return;
        }
        BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
        String content = "copy of " + source + " " + attributes.size() + " " + attributes.lastModifiedTime();
        entries.put(path, new Entry(content, file -> {
            Files.copy(source, file, StandardCopyOption.COPY_ATTRIBUTES);
            if (mode != null) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            }
        }));
    }
}
