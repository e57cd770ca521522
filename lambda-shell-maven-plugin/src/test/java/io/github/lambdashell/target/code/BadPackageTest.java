package io.github.lambdashell.target.code;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is deployed. */
class BadPackageTest {
    @TempDir
    Path directory;

    @Test
    void aFileThatIsNotThere() {
        refused(directory.resolve("missing.zip"), "does not exist");
    }

    @Test
    void aDirectory() {
        refused(directory, "is a directory");
    }

    @Test
    void aFileThatIsNoZipFile() throws IOException {
        refused(Files.writeString(directory.resolve("a.tar"), "ustar"), "is not a zip file");
        refused(Files.createFile(directory.resolve("empty.zip")), "is not a zip file");
    }

    @Test
    void aZipFileThatIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(good());
        for (int length : new int[] {4, 100, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(directory.resolve(length + ".zip"), Arrays.copyOf(whole, length));

            refused(cut, "begins as a zip file, but its end is missing");
        }
    }

    @Test
    void anEntryWhoseContentIsDamaged() throws IOException {
        byte[] bytes = Files.readAllBytes(good());
        bytes[60] ^= 0x55;

        refused(Files.write(directory.resolve("damaged.zip"), bytes), "text of the package is damaged");
    }

    @Test
    void anEncryptedEntry() throws IOException {
        byte[] bytes = Files.readAllBytes(good());
        // The general purpose bits of the entry's header and of the one in the central directory, after "PK\1\2".
        bytes[6] |= 1;
        int central = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        bytes[central + 8] |= 1;

        refused(Files.write(directory.resolve("encrypted.zip"), bytes), "text is encrypted");
    }

    @Test
    void aCompressionThatLambdaDoesNotKnow() throws IOException {
        Path file = directory.resolve("xz.zip");
        try (ZipArchiveOutputStream zip = Archives.open(file)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("x");
            entry.setMethod(ZipMethod.AES_ENCRYPTED.getCode());
            entry.setSize(1);
            entry.setCrc(0);
            entry.setCompressedSize(1);
            zip.addRawArchiveEntry(entry, new java.io.ByteArrayInputStream(new byte[1]));
        }

        refused(file, "x is compressed in a way that Lambda does not know");
    }

    @ParameterizedTest
    @CsvSource({
        "../evil, leads out of it",
        "a/../../evil, leads out of it",
        "/etc/passwd, leads out of it",
        ".lshell/wrapper, has the path of the shell",
        ".lshell, has the path of the shell"
    })
    void anEntryWithANameThatItCanNotHave(String name, String why) throws IOException {
        refused(Archives.zip(directory.resolve("a.zip"), Map.of(name, "x")), name + " " + why);
    }

    @Test
    void entriesThatAreInItTwiceOrInEachOthersPlace() throws IOException {
        Path file = directory.resolve("a.zip");
        try (ZipArchiveOutputStream zip = Archives.open(file)) {
            Archives.add(zip, "twice", 0100644, "1");
            Archives.add(zip, "twice", 0100644, "2");
            Archives.add(zip, "both", 0100644, "1");
            Archives.add(zip, "both/x", 0100644, "1");
        }

        refused(file, "has 2 problems", "twice is in it twice", "both is both a file and a folder");
    }

    @Test
    void anEmptyZipFile() throws IOException {
        refused(Archives.zip(directory.resolve("a.zip"), Map.of()), "is empty");
    }

    @Test
    void aSecondBootstrapWhereTheFirstIsToGo() throws IOException {
        Path file = Archives.zip(directory.resolve("a.zip"), Map.of("bootstrap", "1", "bootstrap.project", "2"));

        assertThatThrownBy(() -> FunctionPackage.of("provided.al2023", new ProjectCode(file, List.of())))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("holds both bootstrap and bootstrap.project");
    }

    @Test
    void aPackageThatIsTooLargeIsReportedWithItsLargestEntries() throws IOException {
        Path file = directory.resolve("large.zip");
        try (ZipArchiveOutputStream zip = Archives.open(file)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (int i = 1; i <= 7; i++) {
                zip.putArchiveEntry(new ZipArchiveEntry("data/" + i));
                zip.write(new byte[i * 10_000_000]);
                zip.closeArchiveEntry();
            }
        }

        refused(file, "is 267.2 MB unpacked, but Lambda takes 250.0 MB", "\n  66.8 MB  data/7\n  57.2 MB  data/6\n");
    }

    @Test
    void aDependencyThatIsGone() throws IOException {
        Path jar = Archives.zip(directory.resolve("a.jar"), Map.of("A.class", ""));

        assertThatThrownBy(() ->
                        FunctionPackage.of("java21", new ProjectCode(jar, List.of(directory.resolve("gone.jar")))))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("gone.jar");
    }

    private Path good() throws IOException {
        return Archives.zip(directory.resolve("good.zip"), Map.of("text", "all work and no play ".repeat(200)));
    }

    private static void refused(Path file, String... words) {
        assertThatThrownBy(() -> FunctionPackage.of("java21", new ProjectCode(file, List.of())))
                .isInstanceOf(ShellException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("Nothing was deployed");
    }
}
