package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machine's own programs: /usr with the folders that belong to it, and the parts of /etc that programs need to find
 * libraries, certificates and hosts. Home directories, /var, /run, /srv and the rest of /etc are left out.
 */
final class HostFiles implements SystemFiles {
    /** Includes the folders of libraries that some systems keep beside /usr, and Nix's store. */
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

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/bash
            nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin
            """ + SANDBOX_USER;
    private static final String GROUP = """
            root:x:0:
            nobody:x:65534:
            """;
    private static final String NSSWITCH = """
            passwd: files
            group: files
            hosts: files dns
            """;

    @Override
    public Optional<Path> shell() throws IOException {
        return Optional.of(Path.of("/bin/sh").toRealPath());
    }

    @Override
    public void addTo(SandboxRoot root) throws IOException {
        for (String name : SYSTEM) {
            root.show(Path.of("/", name), "/" + name);
        }
        Path etc = Path.of("/etc");
        for (String name : ETC_FILES) {
            root.copy(etc.resolve(name), "/etc/" + name);
        }
        for (String name : ETC_FOLDERS) {
            if (Files.isDirectory(etc.resolve(name))) {
                root.mount(etc.resolve(name).toRealPath(), "/etc/" + name);
            }
        }
        addSettingsOfJdks(root);
        root.write("/etc/passwd", PASSWD);
        root.write("/etc/group", GROUP);
        root.write("/etc/nsswitch.conf", NSSWITCH);
    }

    /** Debian's JDKs keep their configuration in /etc. */
    static void addSettingsOfJdks(SandboxRoot root) throws IOException {
        try (var javas = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
            for (Path java : javas) {
                if (Files.isDirectory(java)) {
                    root.mount(java.toRealPath(), java.toString());
                }
            }
        }
    }
}
