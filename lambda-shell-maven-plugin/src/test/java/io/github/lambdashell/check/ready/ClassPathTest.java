package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Checks;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ClassPathTest extends PackageOnDisk {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SERVICE = "META-INF/services/com.example.Codec";
    private static final String LOG4J = "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";

    @Test
    void aPackageWithoutFaultsPassesAndTellsWhatWasRead() throws Exception {
        byte[] same = compile("com.example.Same", "");
        unpack(Map.of("com/example/App.class", compile("com.example.App", ""), "com/example/Same.class", same));
        jar(libraries.resolve("same-1.0.jar"), Map.of("com/example/Same.class", same));
        dependency("com.example:same:1.0", Map.of("com/example/Same.class", same));

        assertThat(notes())
                .containsExactly(
                        "ok - the class path has no fault that is known: /var/task, 1 jar and 3 classes on Java 17, compared"
                                + " with 1 artifact of the build",
                        "ok - 1 class is in several places with the same content");
    }

    @Test
    void ofDifferentClassesTheOneThatLambdaLoadsIsNamed() throws Exception {
        byte[] first = compile("com.example.Codec", "int a;");
        byte[] second = compile("com.example.Codec", "int b;");
        Map<String, byte[]> other = Map.of("com/example/Other.class", compile("com.example.Other", ""));
        jar(libraries.resolve("b.jar"), Map.of("com/example/Codec.class", first));
        jar(libraries.resolve("Z.jar"), Map.of("com/example/Codec.class", second));
        jar(opt.resolve("java/lib/a.jar"), Map.of("com/example/Codec.class", first));
        jar(opt.resolve("java/lib/other.jar"), other);

        String differs =
                "com.example.Codec differs between /var/task/lib/Z.jar, which wins, and /var/task/lib/b.jar and"
                        + " /opt/java/lib/a.jar; keep one of them";
        assertThat(violations()).containsExactly(differs);
        unpack(Map.of("com/example/Codec.class", first));
        assertThat(violations())
                .containsExactly(
                        "com.example.Codec differs between /var/task, which wins, and /var/task/lib/Z.jar; keep one"
                                + " of them");
        assertThat(violations("{ignore: [com.example.Code, /var/task/lib/*.jar]}"))
                .isEmpty();
    }

    @Test
    void manyDifferencesOfTwoJarsAreOneProblem() throws Exception {
        byte[] one = compile("com.example.A", "int a;");
        Map<String, byte[]> first = new TreeMap<>();
        Map<String, byte[]> second = new TreeMap<>();
        for (int i = 10; i < 22; i++) {
            first.put("com/example/A" + i + ".class", one);
            second.put("com/example/A" + i + ".class", compile("com.example.A", "int b;"));
        }
        jar(libraries.resolve("first.jar"), first);
        jar(libraries.resolve("second.jar"), second);

        assertThat(violations())
                .containsExactly("12 classes differ between /var/task/lib/first.jar, which wins, and"
                        + " /var/task/lib/second.jar: com.example.A10, com.example.A11, com.example.A12 and 9 more; keep one"
                        + " of them");
        for (int i = 10; i < 22; i++) {
            jar(libraries.resolve("first" + i + ".jar"), Map.of("com/example/B" + i + ".class", one));
            jar(libraries.resolve("other" + i + ".jar"), Map.of("com/example/B" + i + ".class", text("other")));
        }
        assertThat(violations()).hasSize(11).last().isEqualTo("and 3 more groups of classes with different content");
    }

    @Test
    void aClassOfTheRuntimeReplacesThePackagesAndMayLackMembers() throws Exception {
        String core = "com.amazonaws.services.lambda.runtime.LambdaRuntime";
        byte[] older = compile(core, "private LambdaRuntime() {}");
        jar(libraries.resolve("core.jar"), Map.of(core.replace('.', '/') + ".class", older));
        byte[] newer = compile("com.example.Later", "public void later() {} private void own() {}");

        assertThat(notes())
                .anyMatch(note -> note.startsWith("ok - 1 class of /var/task/lib/core.jar is replaced by the runtime's "
                                + runtime.resolve("lib/aws-lambda-java-core"))
                        && note.endsWith(", which has the same members"));
        byte[] member = compile(core, "private LambdaRuntime() {} public static void later() {}");
        jar(libraries.resolve("core.jar"), Map.of(core.replace('.', '/') + ".class", member));
        unpack(Map.of("javax/net/SocketFactory.class", newer));
        assertThat(violations())
                .hasSize(2)
                .contains("the JDK's module java.base replaces classes of /var/task and lacks"
                        + " javax.net.SocketFactory.later, so that calls fail with NoSuchMethodError; use the version that the"
                        + " runtime has")
                .anyMatch(text ->
                        text.contains(" replaces classes of /var/task/lib/core.jar and lacks " + core + ".later"));
        assertThat(violations("{ignore: [javax.*, /var/task/lib/core.jar]}")).isEmpty();
    }

    @Test
    void servicesThatAMergedPackageLostAreFoundByTheDependencies() throws Exception {
        byte[] codec = compile("com.example.Gzip", "");
        Map<String, byte[]> classes = Map.of("com/example/Gzip.class", codec, "com/example/Zstd.class", codec);
        dependency(
                "com.example:codecs:1.0",
                Map.of(
                        SERVICE,
                        text("# two of them\ncom.example.Gzip # fast\n\ncom.example.Zstd\ncom.example.NotPackaged\n"),
                        "META-INF/services/javax.annotation.processing.Processor",
                        text("com.example.Gzip")));
        unpack(classes);

        String remedy = " of com.example:codecs:1.0; merge these files when the package is built (maven-shade-plugin:"
                + " ServicesResourceTransformer)";
        assertThat(violations())
                .containsExactly(SERVICE + " is not on the class path and so lacks com.example.Gzip of"
                        + " com.example:codecs:1.0, com.example.Zstd" + remedy);
        assertThat(violations("{ignore: [com.example.Codec]}")).isEmpty();
        unpack(Map.of(SERVICE, text("com.example.Gzip")));
        assertThat(violations()).containsExactly(SERVICE + " (in /var/task) lacks com.example.Zstd" + remedy);
        jar(opt.resolve("java/lib/codecs.jar"), Map.of(SERVICE, text("com.example.Zstd")));
        assertThat(violations()).isEmpty();
    }

    @Test
    void pluginsOfLog4jThatWereNotMergedAreFound() throws Exception {
        byte[] plugin = compile("com.example.Layout", "");
        dependency("com.example:layouts:1.0", Map.of(LOG4J, plugins("com.example.Layout", "com.example.Appender")));
        unpack(Map.of(
                "com/example/Layout.class",
                plugin,
                "com/example/Appender.class",
                plugin,
                LOG4J,
                plugins("com.example.Layout")));

        assertThat(violations())
                .containsExactly(
                        LOG4J + " (in /var/task) lacks com.example.Appender of com.example:layouts:1.0; merge"
                                + " these files when the package is built (maven-shade-plugin: Log4j2PluginCacheFileTransformer)");
        jar(libraries.resolve("layouts.jar"), Map.of(LOG4J, plugins("com.example.Appender")));
        assertThat(violations()).isEmpty();
    }

    @Test
    void versionedClassesThatTheJvmIgnoresAreFound() throws Exception {
        byte[] walker = compile("com.example.Walker", "");
        Map<String, byte[]> versioned = Map.of(
                "com/example/Walker.class", walker,
                "META-INF/versions/9/com/example/Walker.class", compile("com.example.Walker", "int nine;"),
                "META-INF/versions/9/module-info.class", walker,
                "META-INF/versions/99/com/example/Later.class", walker);
        jar(libraries.resolve("walker.jar"), versioned);

        assertThat(violations())
                .containsExactly(
                        "/var/task/lib/walker.jar has com.example.Walker in META-INF/versions, but its manifest lacks"
                                + " Multi-Release: true, so the JVM ignores it; add it (maven-shade-plugin:"
                                + " ManifestResourceTransformer)");
        Map<String, byte[]> fixed = new HashMap<>(versioned);
        fixed.put(MANIFEST, text("Manifest-Version: 1.0\nMulti-Release: true\n"));
        jar(libraries.resolve("walker.jar"), fixed);
        assertThat(violations()).isEmpty();
        Files.delete(libraries.resolve("walker.jar"));
        unpack(fixed);
        assertThat(violations())
                .containsExactly(
                        "/var/task has com.example.Walker in META-INF/versions, but the JVM ignores it in a folder,"
                                + " whatever the manifest says; put these libraries as jars into lib/");
    }

    @Test
    void aClassForANewerJavaThanTheRuntimeIsFoundWhateverJavaThisMachineHas() throws Exception {
        byte[] newer = compile("com.example.Newer", "");
        newer[7] = 44 + 21;
        jar(libraries.resolve("newer.jar"), Map.of("com/example/Newer.class", newer, "module-info.class", newer));

        assertThat(violations())
                .containsExactly(
                        "com.example.Newer in /var/task/lib/newer.jar is compiled for Java 21, but the runtime is"
                                + " Java 17, which throws UnsupportedClassVersionError; compile for it (maven.compiler.release), or"
                                + " choose a newer runtime");
        assertThat(check("{}", "java21").violations()).isEmpty();
    }

    @Test
    void signaturesThatDoNotFitAMergedJarAreFound() throws Exception {
        byte[] type = compile("com.example.Signed", "");
        Path keys = directory.resolve("keys.p12");
        run(
                "keytool",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=a",
                "-storepass",
                "secret",
                "-keystore",
                keys);
        Path signed = jar(libraries.resolve("signed.jar"), Map.of("com/example/Signed.class", type));
        run("jarsigner", "-keystore", keys, "-storepass", "secret", signed, "a");

        assertThat(violations()).isEmpty();
        try (var zip = FileSystems.newFileSystem(signed)) {
            Files.write(zip.getPath("com/example/Signed.class"), compile("com.example.Signed", "int changed;"));
            Files.createDirectories(task.resolve("META-INF"));
            Files.copy(zip.getPath("META-INF/A.SF"), task.resolve("META-INF/A.SF"));
        }
        assertThat(violations())
                .hasSize(2)
                .contains(
                        "/var/task has META-INF/A.SF of a signed jar that was merged into the package; as a jar, it fails"
                                + " with SecurityException; exclude META-INF/*.SF, *.RSA, *.DSA and *.EC when jars are merged"
                                + " (maven-shade-plugin: filters)")
                .anyMatch(text ->
                        text.startsWith("/var/task/lib/signed.jar has META-INF/A.EC, META-INF/A.SF, which do not fit"
                                + " its content, so its classes do not load (java.lang.SecurityException: "));
    }

    @Test
    void filesThatOnlyTheirOwnerCanReadAreFound() throws Exception {
        unpack(Map.of("com/example/App.class", compile("com.example.App", ""), ".lshell/own", text("")));
        Files.setPosixFilePermissions(
                task.resolve("com/example/App.class"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(task.resolve(".lshell/own"), PosixFilePermissions.fromString("rw-------"));
        Path layer =
                Files.writeString(Files.createDirectories(opt.resolve("etc")).resolve("ca.pem"), "");
        Files.setPosixFilePermissions(layer, PosixFilePermissions.fromString("rw-------"));
        Path archive = directory.resolve("package.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
            Map<String, Integer> modes = Map.of(
                    "META-INF/", 040700, "META-INF/services/", 040750, "a.txt", 0100600, "b.txt", 0100644, "c/", 0);
            for (Map.Entry<String, Integer> mode : modes.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(mode.getKey());
                entry.setUnixMode(mode.getValue());
                zip.putArchiveEntry(entry);
                zip.closeArchiveEntry();
            }
        }
        build = BuildFiles.of(List.of(), Optional.of(archive));

        assertThat(violations())
                .containsExactly(
                        "/opt/etc/ca.pem (mode 600), /var/task/META-INF/ (mode 700), /var/task/META-INF/services/"
                                + " (mode 750) and 2 more can't be read by the function's user, who is not the owner; give files the"
                                + " mode 644 and folders 755, or build with umask 022");
        assertThat(violations("{ignore: [/opt/etc/*, '/var/task/META-INF/*', /var/task/a.txt]}"))
                .singleElement()
                .asString()
                .startsWith("/var/task/com/example/App.class (mode 640) can't be read ");
    }

    @Test
    void anArtifactInTwoVersionsIsOneProblem() throws Exception {
        String pom = "META-INF/maven/com.example/codecs/pom.properties";
        byte[] first = compile("com.example.Codec", "int a;");
        byte[] second = compile("com.example.Codec", "int b;");
        jar(libraries.resolve("codecs-2.0.jar"), Map.of("com/example/Codec.class", second, pom, pom("2.0")));
        jar(opt.resolve("java/lib/codecs-1.0.jar"), Map.of("com/example/Codec.class", first));
        jar(libraries.resolve("plain-1.0.jar"), Map.of("com/example/Plain.class", first));
        jar(libraries.resolve("plain-1.0-linux.jar"), Map.of("com/example/Plain.class", first));

        assertThat(violations())
                .containsExactly("com.example:codecs is on the class path in 2 versions: 2.0 in"
                        + " /var/task/lib/codecs-2.0.jar, which wins, and 1.0 in /opt/java/lib/codecs-1.0.jar; 1 class differs;"
                        + " keep one version");
        assertThat(violations("{ignore: ['com.example:codecs']}")).isEmpty();
        jar(libraries.resolve("codecs-0.9.jar"), Map.of("com/example/Codec.class", first));
        assertThat(violations())
                .singleElement()
                .asString()
                .startsWith(
                        "com.example:codecs is on the class path in 3 versions: 0.9 in /var/task/lib/codecs-0.9.jar, which"
                                + " wins, and 2.0 in /var/task/lib/codecs-2.0.jar, and 1.0 in ");
        Files.delete(libraries.resolve("codecs-0.9.jar"));
        // A jar with several artifacts has them under other names of classes.
        Files.delete(opt.resolve("java/lib/codecs-1.0.jar"));
        jar(
                libraries.resolve("merged.jar"),
                Map.of(
                        pom,
                        pom("1.0"),
                        "META-INF/maven/com.example/merged/pom.properties",
                        text("artifactId=merged\n")));
        assertThat(violations()).isEmpty();
    }

    @Test
    void aFileThatIsNoJarIsFoundAndWithoutJavaItCanNotBeChecked() throws Exception {
        Files.writeString(libraries.resolve("broken.jar"), "not a jar");

        assertThat(violations())
                .singleElement()
                .asString()
                .startsWith("/var/task/lib/broken.jar is not a readable jar: ");
        assertThat(Checks.violations("- {classPath: {}, environmentVariables: {PATH: /nowhere}}"))
                .containsExactly("classPath could not be checked: java is not found, so the class path can't be read");
        assertThat(Checks.violations("- {classPath: {}, environmentVariables: {LAMBDA_TASK_ROOT: '" + task
                        + "', LAMBDA_RUNTIME_DIR: /nowhere}}"))
                .singleElement()
                .asString()
                .startsWith("classPath could not be checked: AWS's runtime interface client for Java is not in ");
    }
}
