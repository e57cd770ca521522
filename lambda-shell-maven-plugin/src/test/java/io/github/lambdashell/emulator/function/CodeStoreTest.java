package io.github.lambdashell.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeStoreTest {
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final int LINK = 0120777;

    @TempDir
    Path root;

    private FunctionStore functions;
    private CodeStore codes;

    @BeforeEach
    void open() {
        StateDirectory state = StateDirectory.open(root.resolve("state"));
        functions = new FunctionStore(state);
        codes = new CodeStore(state, functions);
    }

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
        return codes.unpack(zip(entries)).unpacked();
    }

    private void install(String name, CodeStore.Code code) throws IOException {
        assertThat(codes.install(code, directory -> function(name, directory, code)))
                .isTrue();
    }

    private static FunctionDefinition function(String name, Path directory, CodeStore.Code code) {
        return new FunctionDefinition(
                name,
                "arn",
                "java21",
                "h",
                128,
                3,
                512,
                "x86_64",
                Map.of(),
                "role",
                List.of(),
                directory,
                code.sha256(),
                code.size(),
                "",
                "group",
                Instant.now(),
                "revision",
                Map.of());
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
        assertNothingIsLeft();
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
        assertNothingIsLeft();
    }

    @Test
    void nothingIsWrittenThroughALink() {
        assertThatThrownBy(() -> unpack("d", LINK, "..", "d/escape", FILE, "escaped"))
                .isInstanceOf(InvalidPackageException.class);
        assertThatThrownBy(() -> unpack("a/x", FILE, "x", "l", LINK, "a", "l/up", LINK, "../.."))
                .isInstanceOf(InvalidPackageException.class);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
        assertThat(root.resolve("escape")).doesNotExist();
        assertThat(root.resolve("state/escape")).doesNotExist();
        assertThat(root.resolve("state/tmp/escape")).doesNotExist();
    }

    @Test
    void whatIsNoZipFileIsRefused() throws Exception {
        Path file = root.resolve("file");
        Files.writeString(file, "this is no zip file");
        assertThatThrownBy(() -> codes.unpack(file))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("Could not unzip uploaded file");
        assertThatThrownBy(() -> codes.unpack(zip())).isInstanceOf(InvalidPackageException.class);
        assertNothingIsLeft();
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
        assertThatThrownBy(() -> codes.unpack(bomb))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessage("Unzipped size must be smaller than 262144000 bytes");
        assertNothingIsLeft();
    }

    @Test
    void aSpoiledZipFileIsUnpackedOrRefusedAndWritesNowhereElse() throws Exception {
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
                codes.unpack(spoiled);
            } catch (InvalidPackageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        try (Stream<Path> outside = Files.list(root)) {
            assertThat(outside.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.equals("state") || name.endsWith(".zip"));
        }
    }

    @Test
    void functionsShareTheSameCodeUntilTheLastIsGone() throws Exception {
        Path zip = zip("a", FILE, "x");
        install("one", codes.unpack(zip));
        CodeStore.Code again = codes.unpack(zip);
        assertThat(again.unpacked()).isNull();
        install("two", again);
        Path directory = functions.get("one").orElseThrow().codeDirectory();
        assertThat(functions.get("two").orElseThrow().codeDirectory()).isEqualTo(directory);
        codes.delete("one");
        assertThat(directory.resolve("a")).hasContent("x");
        codes.delete("two");
        assertThat(directory).doesNotExist();
    }

    @Test
    void otherCodeReplacesWhatNobodyUsesAnyMore() throws Exception {
        install("one", codes.unpack(zip("a", FILE, "x")));
        Path before = functions.get("one").orElseThrow().codeDirectory();
        install("one", codes.unpack(zip("a", FILE, "y")));
        assertThat(before).doesNotExist();
        assertThat(functions.get("one").orElseThrow().codeDirectory().resolve("a"))
                .hasContent("y");
    }

    @Test
    void codeThatWasTakenAwayMeanwhileHasToBeUnpackedAgain() throws Exception {
        Path zip = zip("a", FILE, "x");
        install("one", codes.unpack(zip));
        CodeStore.Code code = codes.unpack(zip);
        codes.delete("one");
        assertThat(codes.install(code, directory -> function("two", directory, code)))
                .isFalse();
        assertThat(functions.get("two")).isEmpty();
    }
}
