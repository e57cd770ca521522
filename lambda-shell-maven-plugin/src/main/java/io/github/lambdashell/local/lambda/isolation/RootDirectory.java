package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The root directory of a sandbox, Lambda's as far as the host's files can make it: folders and small files made for
 * it, and the places at which the machine's folders are to be mounted. Everything in it is read-only but /tmp.
 *
 * <p>Of the host come /usr and what belongs to it, the parts of /etc that programs need to find libraries,
 * certificates and hosts, and five devices. Home directories, /var, /run, /srv and the rest of /etc stay out.
 */
final class RootDirectory {
    /** With the folders of libraries that some systems keep beside /usr, and Nix's store. */
    private static final List<String> SYSTEM = List.of("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "nix");

    private static final List<String> ETC_FOLDERS =
            List.of("alternatives", "ca-certificates", "crypto-policies", "ld.so.conf.d", "pki", "ssl/certs", "static");

    private static final List<String> ETC_FILES = List.of(
            "gai.conf",
            "host.conf",
            "hosts",
            "ld.so.cache",
            "ld.so.conf",
            "localtime",
            "mime.types",
            "os-release",
            "protocols",
            "resolv.conf",
            "services",
            "ssl/openssl.cnf");

    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom");

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/bash
            nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin
            sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin
            """;
    private static final String GROUP = """
            root:x:0:
            nobody:x:65534:
            """;
    private static final String NSSWITCH = """
            passwd: files
            group: files
            hosts: files dns
            """;

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
    static RootDirectory make(Place place) throws IOException {
        RootDirectory root =
                new RootDirectory(Files.createDirectory(place.directory().resolve("root")));
        root.addSystem();
        root.addEtc();
        root.addDevices();
        for (String empty : List.of("home", "opt", "proc", "root", "run", "sys", "tmp", "var/runtime", "var/tmp")) {
            Files.createDirectories(root.path.resolve(empty));
        }
        root.mount(place.code(), "/var/task");
        root.mount(place.language(), "/var/lang");
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

    private void addSystem() throws IOException {
        for (String name : SYSTEM) {
            Path source = Path.of("/", name);
            if (Files.isSymbolicLink(source)) {
                Files.createSymbolicLink(path.resolve(name), Files.readSymbolicLink(source));
            } else if (Files.isDirectory(source)) {
                mount(source, "/" + name);
            }
        }
    }

    private void addEtc() throws IOException {
        Path etc = Path.of("/etc");
        Files.createDirectories(path.resolve("etc/ssl"));
        for (String name : ETC_FILES) {
            Path source = etc.resolve(name);
            if (Files.isRegularFile(source) && Files.isReadable(source)) {
                Files.copy(source, path.resolve("etc").resolve(name));
            }
        }
        for (String name : ETC_FOLDERS) {
            if (Files.isDirectory(etc.resolve(name))) {
                mount(etc.resolve(name).toRealPath(), "/etc/" + name);
            }
        }
        try (var javas = Files.newDirectoryStream(etc, "java*")) {
            for (Path java : javas) {
                // Debian's JDKs keep their configuration there.
                if (Files.isDirectory(java)) {
                    mount(java.toRealPath(), java.toString());
                }
            }
        }
        Files.writeString(path.resolve("etc/passwd"), PASSWD);
        Files.writeString(path.resolve("etc/group"), GROUP);
        Files.writeString(path.resolve("etc/nsswitch.conf"), NSSWITCH);
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

    private void mount(Path source, String target) throws IOException {
        Files.createDirectories(path.resolve(target.substring(1)));
        mounts.add(new Mount(source, target, false));
    }
}
