package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An unpacked root file system, made of a few of the machine's own programs and the libraries that they need. */
public final class TestImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private final Path root;

    /** @param root does not exist yet */
    public TestImage(Path root) throws IOException {
        this.root = Files.createDirectories(root);
        Files.createDirectories(root.resolve("usr/bin"));
        for (String folder : List.of("bin", "lib", "lib64", "sbin")) {
            Files.createDirectories(root.resolve("usr").resolve(folder));
            Files.createSymbolicLink(root.resolve(folder), Path.of("usr", folder));
        }
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "PRETTY_NAME=\"An image for tests\"\n");
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nother:x:993:993::/:/bin/sh\n");
        for (String program : List.of("sh", "env", "cat", "ls", "id", "head", "dirname")) {
            program(program);
        }
        Path own = Files.writeString(root.resolve("usr/bin/of-the-image"), "#!/bin/sh\necho only in the image\n");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Path root() {
        return root;
    }

    /** Adds the libraries that a JDK needs from the system. */
    public TestImage withLibrariesOf(Path jdk) throws IOException {
        librariesOf(jdk.resolve("bin/java"));
        try (Stream<Path> files = Files.walk(jdk.resolve("lib"))) {
            for (Path library :
                    files.filter(file -> file.toString().endsWith(".so")).toList()) {
                String name = library.getFileName().toString();
                // The desktop's want half of X.
                if (List.of("libjvm.so", "libjava.so", "libnet.so", "libnio.so", "libzip.so", "libjimage.so")
                        .contains(name)) {
                    librariesOf(library);
                }
            }
        }
        return this;
    }

    /** Adds programs of this machine. */
    public TestImage withPrograms(String... names) throws IOException {
        for (String name : names) {
            program(name);
        }
        return this;
    }

    private void program(String name) throws IOException {
        Path source = Path.of("/usr/bin", name).toRealPath();
        Files.copy(source, root.resolve("usr/bin").resolve(name));
        librariesOf(source);
    }

    private void librariesOf(Path file) throws IOException {
        Process ldd = new ProcessBuilder("ldd", file.toString()).start();
        Matcher libraries = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        while (libraries.find()) {
            Path library = Path.of(libraries.group(1));
            Path copy = root.resolve(library.toString().substring(1));
            if (!library.startsWith("/usr/lib/jvm") && !Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Files.copy(library.toRealPath(), copy);
            }
        }
    }
}
