package io.github.lambdashell.target.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.ProjectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionPackageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs22.x", "provided.al2023", "python3.13"})
    void isTheSameBytesInEveryTimeZone(String runtime) throws IOException {
        byte[] here = bytes(runtime, null);
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

            assertThat(bytes(runtime, null)).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java21, .lshell/io/github/lambdashell/function/ShellHandler.class",
        "java21, .lshell/com/amazonaws/services/lambda/runtime/RequestStreamHandler.class",
        "python3.13, .lshell/serve.bash"
    })
    void theShellIsUnderOneHiddenFolder(String runtime, String file) throws IOException {
        assertThat(entries(runtime, null).keySet())
                .allMatch(name -> name.startsWith(".lshell/"))
                .contains(file);
    }

    @Test
    void theShellForNodeIsOneFileAloneAndInTheHiddenFolderBesideAProject() throws IOException {
        Path zip = Archives.zip(directory.resolve("a.zip"), Map.of("index.js", "mine"));

        assertThat(entries("nodejs22.x", null)).containsOnlyKeys("index.js");
        assertThat(entries("nodejs22.x", new ProjectCode(zip, List.of())))
                .containsOnlyKeys("index.js", ".lshell/index.cjs", ".lshell/capture.bash")
                .containsEntry("index.js", "644 mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java21", "python3.13", "ruby3.4", "dotnet10", "java8.al2", "cobol1.x"})
    void aWrapperStartsTheShellInThePlaceOfLambdasOwnClient(String runtime) throws IOException {
        try (FunctionPackage code = FunctionPackage.of(runtime, null)) {
            assertThat(code.execWrapper()).isEqualTo("/var/task/.lshell/wrapper");
        }
        assertThat(entries(runtime, null).get(".lshell/wrapper")).startsWith("755 #!/bin/sh");
    }

    @Test
    void anOsOnlyRuntimeGetsABootstrapAndTheProjectsOwnStaysBesideIt() throws IOException {
        Path zip = Archives.zip(directory.resolve("a.zip"), Map.of("bootstrap", "#!/bin/sh\nmine", "data/x", "y"));

        Map<String, String> entries = entries("provided.al2023", new ProjectCode(zip, List.of()));

        assertThat(entries.get("bootstrap")).isEqualTo(entries.get(".lshell/wrapper"));
        assertThat(entries)
                .containsEntry("bootstrap.project", "644 #!/bin/sh\nmine")
                .containsEntry("data/x", "644 y");
        assertThat(entries("python3.13", new ProjectCode(zip, List.of())))
                .as("where it means nothing to Lambda")
                .containsEntry("bootstrap", "644 #!/bin/sh\nmine");
    }

    @Test
    void modesAndLinksOfTheProjectsArchiveStay() throws IOException {
        Path zip = directory.resolve("a.zip");
        try (var out = Archives.open(zip)) {
            Archives.add(out, "bin/run", 0100755, "x");
            Archives.add(out, "bin/link", 0120777, "run");
            Archives.add(out, "empty/", 040755, "");
        }

        assertThat(entries("java21", new ProjectCode(zip, List.of())))
                .containsEntry("bin/run", "755 x")
                .containsEntry("bin/link", "link run")
                .containsEntry("empty/", "755 ");
    }

    @Test
    void aFolderThatIsInTheArchiveTwiceIsInThePackageOnce() throws IOException {
        Path zip = directory.resolve("function.zip");
        try (var out = Archives.open(zip)) {
            Archives.add(out, "META-INF/", 040755, "");
            Archives.add(out, "META-INF/index.list", 0100644, "x");
            Archives.add(out, "META-INF/", 040755, "");
        }

        assertThat(entries("java21", new ProjectCode(zip, List.of())))
                .containsEntry("META-INF/", "755 ")
                .containsEntry("META-INF/index.list", "644 x");
    }

    @Test
    void dependenciesGoIntoLib() throws IOException {
        Path jar = Archives.zip(directory.resolve("app.jar"), Map.of("App.class", "app"));
        Path one = Archives.zip(directory.resolve("one.jar"), Map.of("One.class", "one"));
        Path two = Archives.zip(
                Files.createDirectory(directory.resolve("b")).resolve("one.jar"), Map.of("Two.class", "two"));

        assertThat(entries("java21", new ProjectCode(jar, List.of(one, two))).keySet())
                .contains("App.class", "lib/one.jar", "lib/2-one.jar");
    }

    @Test
    void anArchiveThatHasItsDependenciesInsideGetsNone() throws IOException {
        Path one = Archives.zip(directory.resolve("one.jar"), Map.of("One.class", "one"));
        Path shaded = Archives.zip(directory.resolve("shaded.jar"), Map.of("App.class", "app", "One.class", "one"));
        Path nested = Archives.zip(directory.resolve("nested.jar"), Map.of("App.class", "", "lib/one-1.jar", "jar"));
        Path relocated = Archives.zip(directory.resolve("relocated.jar"), Map.of("App.class", "", "x/One.class", "1"));
        Archives.zip(directory.resolve("original-relocated.jar"), Map.of("App.class", ""));

        for (Path archive : List.of(shaded, nested, relocated)) {
            assertThat(entries("java21", new ProjectCode(archive, List.of(one))).keySet())
                    .doesNotContain("lib/one.jar");
        }
    }

    @Test
    void itNamesItsFileWithTheSizeAndTheReason() throws IOException {
        Path jar = Archives.zip(directory.resolve("app.jar"), Map.of("App.class", "app"));

        try (FunctionPackage code = FunctionPackage.of("java21", new ProjectCode(jar, "the artifact", List.of()))) {
            assertThat(code.description())
                    .startsWith("/var/task holds " + jar + " (1 KB, the artifact) beside the shell: 1 entries, ");
            assertThat(code.warnings()).isEmpty();
        }
    }

    @Test
    void aJarOfSpringBootCausesAWarningOnAJavaRuntime() throws IOException {
        Path jar = Archives.zip(directory.resolve("app.jar"), Map.of("BOOT-INF/classes/App.class", "app"));

        assertThat(warnings("java21", jar))
                .singleElement()
                .asString()
                .startsWith(jar + " is a jar of Spring Boot's repackage goal: its classes are in BOOT-INF/classes/,");
        assertThat(warnings("provided.al2023", jar)).isEmpty();
    }

    /** The library that reads zip files takes them as slashes. */
    @Test
    void backslashesInNamesCauseAWarning() throws IOException {
        Path zip = Archives.zip(directory.resolve("a.zip"), Map.of());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("com\\example\\App.class"));
            out.putNextEntry(new ZipEntry("com/example/Other.class"));
        }

        assertThat(warnings("java21", zip))
                .containsExactly(zip + " has backslashes in the names of 1 entries, such as com\\example\\App.class,"
                        + " which Lambda takes as a part of a file's name and not as a folder; create the file with"
                        + " forward slashes");
    }

    private static List<String> warnings(String runtime, Path archive) {
        try (FunctionPackage code = FunctionPackage.of(runtime, new ProjectCode(archive, List.of()))) {
            return code.warnings();
        }
    }

    @Test
    void theSameContentHasTheSameKeyHoweverItWasPacked() throws IOException {
        Path first = Archives.zip(directory.resolve("a.zip"), Map.of("a", "1", "b", "2"));
        Path second = directory.resolve("b.zip");
        try (var out = Archives.open(second)) {
            out.setLevel(0);
            Archives.add(out, "b", 0100644, "2");
            Archives.add(out, "a", 0100644, "1");
        }
        Path other = Archives.zip(directory.resolve("c.zip"), Map.of("a", "1", "b", "3"));

        assertThat(key(second)).isEqualTo(key(first));
        assertThat(key(other)).isNotEqualTo(key(first));
    }

    @Test
    void aModuleOfNodesWithItsOwnPackageJsonDoesNotChangeHowTheShellIsLoaded() throws IOException {
        Path zip = Archives.zip(directory.resolve("a.zip"), Map.of("package.json", "{\"type\":\"module\"}"));

        try (FunctionPackage code = FunctionPackage.of("nodejs22.x", new ProjectCode(zip, List.of()))) {
            assertThat(code.handler()).isEqualTo(".lshell/index.handler");
            assertThat(code.execWrapper()).isEmpty();
        }
    }

    private static String key(Path zip) {
        try (FunctionPackage code = FunctionPackage.of("java21", new ProjectCode(zip, List.of()))) {
            return code.key();
        }
    }

    private byte[] bytes(String runtime, ProjectCode code) throws IOException {
        return Files.readAllBytes(write(runtime, code));
    }

    private Path write(String runtime, ProjectCode code) throws IOException {
        Path file = Files.createTempFile(directory, "package", ".zip");
        try (FunctionPackage made = FunctionPackage.of(runtime, code)) {
            made.writeTo(file);
        }
        return file;
    }

    /** Names with mode and content. */
    private Map<String, String> entries(String runtime, ProjectCode code) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile zip = ZipFile.builder().setPath(write(runtime, code)).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                String mode = entry.isUnixSymlink() ? "link" : Integer.toOctalString(entry.getUnixMode() & 0777);
                String content = new String(zip.getInputStream(entry).readAllBytes());
                assertThat(entries.put(entry.getName(), mode + " " + content)).isNull();
            }
        }
        return entries;
    }
}
