package io.github.lambdashell.target.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are unpacked, and packages that would write elsewhere. */
class CodePackageTest {
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final int LINK = 0120777;

    @TempDir
    Path root;

    /** @param entries name, mode, content, and so on */
    private Path zip(Object... entries) throws IOException {
        Path zip = Files.createTempFile(root, "code", ".zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (int i = 0; i < entries.length; i += 3) {
                ZipArchiveEntry entry = new ZipArchiveEntry((String) entries[i]);
                entry.setUnixMode((Integer) entries[i + 1]);
                out.putArchiveEntry(entry);
                out.write(((String) entries[i + 2]).getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
        return zip;
    }

    private Path unpack(Object... entries) throws Exception {
        return unpack(zip(entries));
    }

    private Path unpack(Path zip) throws IOException, InvalidPackageException {
        Path target = Files.createTempDirectory(Files.createDirectories(root.resolve("unpacked")), "code");
        CodePackage.unpack(zip, target);
        return target;
    }

    @Test
    void filesKeepTheirModesAndLinksLeadWhereTheyLed() throws Exception {
        Path code = unpack(
                "bin/run",
                PROGRAM,
                "#!/bin/sh",
                "lib/data",
                FILE,
                "x",
                "run",
                LINK,
                "bin/run",
                "bin/data",
                LINK,
                "../lib/data");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(code.resolve("bin/run"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(code.resolve("lib/data"))))
                .isEqualTo("rw-r--r--");
        assertThat(code.resolve("run")).isSymbolicLink().hasContent("#!/bin/sh");
        assertThat(code.resolve("bin/data")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escape", "/escape", "a/../../escape", "..", "a/../..", "nul\u0000nul"})
    void noEntryIsWrittenElsewhere(String name) {
        assertThatThrownBy(() -> unpack("fine", FILE, "x", name, FILE, "escaped"))
                .isInstanceOf(InvalidPackageException.class);
        assertNothingIsOutside();
    }

    @ParameterizedTest
    @CsvSource({
        "link, ..",
        "link, /etc/passwd",
        "link, ../outside",
        "link, a/../../outside",
        "a/link, ../../outside",
        "a/link, b/../../..",
        "a/b/link, ../../../outside"
    })
    void noLinkLeadsElsewhere(String name, String destination) {
        assertThatThrownBy(() -> unpack("a/b/c", FILE, "x", name, LINK, destination))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("leads out of it");
        assertNothingIsOutside();
    }

    @Test
    void nothingIsWrittenThroughALink() {
        assertThatThrownBy(() -> unpack("d", LINK, "..", "d/escape", FILE, "escaped"))
                .isInstanceOf(InvalidPackageException.class);
        assertThatThrownBy(() -> unpack("a/x", FILE, "x", "l", LINK, "a", "l/up", LINK, "../.."))
                .isInstanceOf(InvalidPackageException.class);
        assertNothingIsOutside();
    }

    private void assertNothingIsOutside() {
        assertThat(root.resolve("escape")).doesNotExist();
        assertThat(root.resolve("unpacked/escape")).doesNotExist();
    }

    @Test
    void whatIsNoZipFileIsRefused() throws Exception {
        Path file = root.resolve("file");
        Files.writeString(file, "this is no zip file");
        assertThatThrownBy(() -> unpack(file))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("Could not unzip uploaded file");
        assertThatThrownBy(() -> unpack(zip())).isInstanceOf(InvalidPackageException.class);
        assertNothingIsOutside();
    }

    @Test
    void aBombIsStoppedAtLambdasLimit() throws Exception {
        Path bomb = root.resolve("bomb.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bomb)) {
            out.putArchiveEntry(new ZipArchiveEntry("zeros"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 251; i++) {
                out.write(zeros);
            }
            out.closeArchiveEntry();
        }
        assertThatThrownBy(() -> unpack(bomb))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessage("Unzipped size must be smaller than 262144000 bytes");
        assertNothingIsOutside();
    }

    @Test
    void aMutatedZipFileIsUnpackedOrRefusedAndWritesNowhereElse() throws Exception {
        byte[] sound = Files.readAllBytes(
                zip("bin/run", PROGRAM, "#!/bin/sh", "lib/data", FILE, "x".repeat(500), "run", LINK, "bin/run"));
        Path spoiled = root.resolve("spoiled.zip");
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = sound.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try (OutputStream out = Files.newOutputStream(spoiled)) {
                out.write(bytes, 0, bytes.length - random.nextInt(2) * random.nextInt(bytes.length));
            }
            try {
                unpack(spoiled);
            } catch (InvalidPackageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        try (Stream<Path> outside = Files.list(root)) {
            assertThat(outside.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.equals("unpacked") || name.endsWith(".zip"));
        }
    }
}
