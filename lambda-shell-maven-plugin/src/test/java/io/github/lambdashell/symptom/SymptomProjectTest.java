package io.github.lambdashell.symptom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.symptom.Symptom.Variant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SymptomProjectTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    static Path runtime;

    @TempDir
    Path directory;

    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, Integer> modes = new TreeMap<>();

    @BeforeAll
    static void copyRuntime() throws IOException {
        SymptomProject.runtimeLibraries(runtime);
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve("symptom").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Builds a variant, and reads the package. */
    private void build(Variant variant, String project, String fixed) throws IOException {
        Symptom symptom = new Symptom(
                directory.resolve("symptom"),
                new Symptom.Description(
                        "Handler",
                        "see",
                        "cause",
                        List.of(),
                        null,
                        null,
                        List.of(),
                        (ObjectNode) YAML.readTree(project),
                        null,
                        (ObjectNode) YAML.readTree(fixed)));
        Path archive = SymptomProject.build(
                        symptom, variant, symptom.settings(variant).build(), directory, runtime)
                .orElseThrow();
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                entries.put(entry.getName(), IOUtils.toByteArray(zip.getInputStream(entry)));
                modes.put(entry.getName(), entry.getUnixMode() & 0777);
            }
        }
    }

    private String text(String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    @Test
    void theFixedProjectReplacesFilesOfTheProject() throws IOException {
        write("project/files/a.txt", "of the project");
        write("project/files/b.txt", "of the project");
        write("broken/files/b.txt", "of the broken one");
        write("fixed/files/b.txt", "of the fixed one");
        write("fixed/files/bin/tool", "#!/bin/sh\n");

        build(Variant.FIXED, "build: {modes: {a.txt: '0600'}}", "{}");

        assertThat(text("a.txt")).isEqualTo("of the project");
        assertThat(text("b.txt")).isEqualTo("of the fixed one");
        assertThat(modes).containsExactly(entry("a.txt", 0600), entry("b.txt", 0644), entry("bin/tool", 0755));
    }

    @Test
    void sourcesAreCompiledAgainstTheJarsOfTheProject() throws IOException {
        write("project/files/lib/a.jar/src/a/A.java", "package a; public class A {}");
        write("project/files/lib/b.jar/src/b/B.java", "package b; public class B extends a.A {}");
        write("project/src/c/C.java", "package c; class C extends b.B {}");
        write("project/src/c/Gone.java", "package c; class Gone {}");
        write("project/layer/java/lib/l.jar/files/l.txt", "of the layer");

        build(
                Variant.FIXED,
                "build: {remove: [c/Gone.class], release: 17}",
                "build: {release: 99, modes: {/opt/java/lib/l.jar: '0600'}}");

        assertThat(entries).containsOnlyKeys("c/C.class", "lib/a.jar", "lib/b.jar");
        assertThat(entries.get("c/C.class")[7]).isEqualTo((byte) (44 + 99));
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(entries.get("lib/b.jar")))) {
            assertThat(jar.getNextJarEntry()).extracting(JarEntry::getName).isEqualTo("b/B.class");
        }
        Path jar = SymptomProject.layer(directory).resolve("java/lib/l.jar");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jar)))
                .isEqualTo("rw-------");
    }

    @Test
    void aShadedProjectHasTheFirstFileOfAName() throws IOException {
        for (String jar : List.of("a", "b")) {
            write("project/files/lib/" + jar + ".jar/files/META-INF/services/x.Y", "of " + jar);
            write("project/files/lib/" + jar + ".jar/files/META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
            write("project/files/lib/" + jar + ".jar/files/" + jar + ".txt", "");
        }

        build(Variant.BROKEN, "build: {shaded: true}", "{}");

        assertThat(entries).containsOnlyKeys("META-INF/services/x.Y", "a.txt", "b.txt");
        assertThat(text("META-INF/services/x.Y")).isEqualTo("of a");
    }
}
