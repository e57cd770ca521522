package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class JvmTest {
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    Path directory;

    /** Runs a check in the JVM that runs the tests, whatever else this machine has. */
    private static CheckResult check(String jvm, String environment) {
        return Checks.run("""
                - jvm: {%s}
                  environmentVariables: {PATH: '%s/bin:%s', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 512%s}
                """.formatted(
                                jvm,
                                JAVA_HOME,
                                System.getenv("PATH"),
                                (environment.contains("LC_ALL") ? "" : ", LC_ALL: C.UTF-8") + environment))
                .get(0);
    }

    private static List<String> violations(String jvm, String environment) {
        return check(jvm, environment).violations().stream()
                .map(Violation::text)
                // JVMs round the size of the heap in different ways.
                .map(text -> text.replace("maxHeap is 409 MB", "maxHeap is 410 MB"))
                .toList();
    }

    private static String stdout(CheckResult result) {
        return result.run().orElseThrow().stdout().head();
    }

    @Test
    void expectedFactsPassAndAreInTheOutput() {
        CheckResult result = check("""
                property: [{name: java.specification.version, versionRange: "[11,)"}, {name: text, equals: "a\\\\b\\nc \u00e9"}],
                option: [{name: UseSerialGC, equals: true}, {name: TieredStopAtLevel, le: 1}],
                maxHeap: {ge: 400MB, lt: 0.5GB}, gc: Serial, timeZone: Europe/Berlin, locale: {matches: ^en},
                charset: utf8, agents: none, cds: true""", """
                , TZ: 'Europe/Berlin', JAVA_TOOL_OPTIONS: "-Dtext='a\\\\b\\nc \u00e9'\"""");

        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(result.check().name())
                .isEqualTo("jvm property java.specification.version, property text, option UseSerialGC, option"
                        + " TieredStopAtLevel, maxHeap, gc, timeZone, locale, charset, agents none, cds");
        assertThat(stdout(result))
                .contains(
                        "property text is a\\\\b\\nc \u00e9\n",
                        "option UseSerialGC is true\n",
                        "maxHeap is 4",
                        "timeZone is Europe/Berlin\n",
                        "charset is UTF-8\n",
                        "ok - agents: none is loaded\n",
                        "ok - cds: used is " + JAVA_HOME + "/lib/server/classes");
    }

    @Test
    void otherFactsAreReportedWithTheirReason() {
        assertThat(violations("""
                property: [{name: java.specification.version, versionRange: "[99,)"}, {name: missing, equals: x},
                  {name: set, equals: other}],
                option: [{name: UseSerialGC, equals: false}, {name: NoSuch, equals: 1}],
                maxHeap: {ge: 1GB}, gc: G1, timeZone: America/Lima, locale: de-DE, charset: UTF-16,
                agents: [missing-agent]""", ", TZ: UTC, JAVA_TOOL_OPTIONS: -Dset=this"))
                .containsExactly(
                        "property java.specification.version is \""
                                + System.getProperty("java.specification.version")
                                + "\", but expected a version in [99,)",
                        "property missing has no value, but expected \"x\"",
                        "property set is \"this\", but expected \"other\"; set by -Dset=this of the JVM",
                        "option UseSerialGC is \"true\", but expected \"false\"",
                        "option NoSuch does not exist in " + System.getProperty("java.vm.name") + " "
                                + System.getProperty("java.vm.version")
                                + "; is it spelled as after -XX:+? A diagnostic or experimental one needs"
                                + " -XX:+UnlockDiagnosticVMOptions or -XX:+UnlockExperimentalVMOptions",
                        "maxHeap is 410 MB, but expected at least 1024 MB",
                        "gc is \"Serial\", but expected \"G1\"",
                        "timeZone is \"UTC\", but expected \"America/Lima\"; TZ is UTC; set the environment variable TZ"
                                + " of the function",
                        "locale is \"en\", but expected \"de-DE\"; the locale is C.UTF-8 by LC_ALL",
                        "charset is \"UTF-8\", but expected \"UTF-16\"; the locale is C.UTF-8 by LC_ALL",
                        "agent missing-agent is not loaded: the JVM has no agents; set the environment variable"
                                + " JAVA_TOOL_OPTIONS=-javaagent:PATH of the function");
    }

    /** Source: aws-lambda-base-images#234, where file names with other letters than those of ASCII are refused. */
    @Test
    void anEncodingOfFileNamesByALocaleThatIsNotInstalledIsReported() {
        String jvm = "property: {name: sun.jnu.encoding, equals: UTF-8}";

        assertThat(violations(jvm, ", LC_ALL: null, LC_CTYPE: null, LANG: xx_XX.UTF-8"))
                .containsExactly("property sun.jnu.encoding is \"ANSI_X3.4-1968\", but expected \"UTF-8\"; the locale"
                        + " xx_XX.UTF-8 of LANG is not installed; set the environment variable LC_ALL=C.UTF-8 of the"
                        + " function");
        assertThat(violations(jvm, "")).isEmpty();
    }

    /** Source: corretto-11#118, where a runtime without fonts ends the layout of text. */
    @Test
    void aRuntimeWithoutFontsIsReported() throws IOException {
        Path fonts = Path.of("/usr/share/fonts/truetype");
        assumeThat(fonts).isDirectory();
        Path without = Files.writeString(directory.resolve("without.conf"), "<fontconfig></fontconfig>");
        Path with = Files.writeString(
                directory.resolve("fonts.conf"),
                "<fontconfig><dir>" + fonts + "</dir><cachedir>" + directory + "</cachedir></fontconfig>");
        String environment = ", JAVA_TOOL_OPTIONS: '-Duser.home=" + directory + "', FONTCONFIG_FILE: ";

        assertThat(violations("fonts: true", environment + without))
                .containsExactly(
                        "fonts: text can't be laid out: java.lang.RuntimeException: Fontconfig head is null, check"
                                + " your fonts or fonts configuration; fontconfig finds no font: add fonts and a fonts.conf with"
                                + " their <dir> to the package or a layer, set the environment variable FONTCONFIG_FILE to the path"
                                + " of fonts.conf, and add libfontconfig.so.1 to lib/ if the runtime has none");
        CheckResult result = check("fonts: true", environment + with);
        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(stdout(result)).matches("ok - fonts: text can be laid out, with \\d+ families\n");
    }

    /** Source: corretto-11#118, a later comment. */
    @Test
    void aFontLibraryThatDoesNotLoadIsReported() throws IOException {
        assumeThat(Path.of(JAVA_HOME, "lib/libfreetype.so")).doesNotExist();
        Files.createFile(directory.resolve("libfreetype.so.6"));

        assertThat(violations("fonts: true", ", LD_LIBRARY_PATH: '" + directory + "'"))
                .singleElement()
                .asString()
                .startsWith("fonts: text can't be laid out: java.lang.UnsatisfiedLinkError: ")
                .endsWith("file too short; add the library to lib/ of the package or of a layer");
    }

    private Path jar(Path jar, String premain) throws IOException {
        Path source = Files.writeString(
                directory.resolve("Main.java"),
                "public class Main { public static void main(String[] args) throws Exception {"
                        + " if (args.length > 0) Thread.sleep(Long.MAX_VALUE); }"
                        + " public static void premain(String options) {} }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("Main.class"));
            Files.copy(directory.resolve("Main.class"), out);
        }
        return jar;
    }

    /** Source: spring-boot#47799, where an archive is refused without a word. */
    @Test
    void anArchiveOfClassesThatIsRefusedIsReportedWithTheReason() throws Exception {
        Path libraries = Files.createDirectories(directory.resolve("lib"));
        Path jar = jar(libraries.resolve("app.jar"), "Main");
        Path archive = directory.resolve("app.jsa");
        Process training = new ProcessBuilder(
                        JAVA_HOME + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-cp",
                        jar.toString(),
                        "Main")
                .redirectErrorStream(true)
                .start();
        String output = new String(training.getInputStream().readAllBytes());
        assertThat(archive).as(output).exists();
        String environment =
                ", LAMBDA_RUNTIME_DIR: '" + directory + "', JAVA_TOOL_OPTIONS: '-XX:SharedArchiveFile=" + archive + "'";

        CheckResult used = check("cds: true", environment);
        assertThat(used.status()).as("%s", used.violations()).isEqualTo(Status.PASSED);
        assertThat(stdout(used)).startsWith("ok - cds: used is ").contains(archive.toString(), "lib/server/classes");
        Path others = Files.createDirectories(directory.resolve("other/lib"));
        Path other = Files.copy(jar, others.resolve("other.jar"));
        assertThat(violations(
                        "cds: true",
                        environment.replace(
                                "LAMBDA_RUNTIME_DIR: '" + directory, "LAMBDA_RUNTIME_DIR: '" + directory + "/other")))
                .singleElement()
                .asString()
                .startsWith("cds: the archive " + archive + " is refused: ")
                .contains(jar.getFileName().toString(), other.getFileName().toString());
        assertThat(violations("cds: true", ", JAVA_TOOL_OPTIONS: -Xshare:off"))
                .containsExactly("cds: no archive is used: -Xshare:off is among the options of the JVM");
    }

    @Test
    void agentsAreFoundByTheirNames() throws IOException {
        Path agent = jar(directory.resolve("trace-agent-1.2.jar"), "Main");
        String environment = ", JAVA_TOOL_OPTIONS: '-javaagent:" + agent + "=key=secret'";

        CheckResult result = check("agents: [trace-agent-1.2, trace-agent-*.jar]", environment);

        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(stdout(result))
                .isEqualTo("ok - agent trace-agent-1.2 is loaded: " + agent
                        + "\nok - agent trace-agent-*.jar is loaded: " + agent + "\n");
        assertThat(violations("agents: none", environment))
                .containsExactly("agents are loaded, but expected none: " + agent);
        assertThat(violations("agents: trace-agent", environment))
                .singleElement()
                .asString()
                .startsWith("agent trace-agent is not loaded: the JVM has " + agent + "; ");
    }

    @Test
    void aJvmThatDoesNotStartIsReportedInItsWords() {
        assertThat(violations("gc: Serial", ", JAVA_TOOL_OPTIONS: '-XX:+NoSuch'"))
                .singleElement()
                .asString()
                .startsWith("the JVM ends with exit code 1: Unrecognized VM option 'NoSuch'");
        assertThat(Checks.violations("- {jvm: {gc: Serial}, environmentVariables: {PATH: /nowhere}}"))
                .containsExactly("jvm could not be checked: java is not found, so no JVM can be checked");
    }

    @Test
    void theJvmHasTheOptionsAndTheLocaleOfTheHandlersProcess() throws IOException {
        Path jar = jar(directory.resolve("app.jar"), "Main");
        ProcessBuilder builder = new ProcessBuilder(
                JAVA_HOME + "/bin/java", "-XX:+UseParallelGC", "-Dfrom=options", "-cp", jar.toString(), "Main", "wait");
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "America/Lima");
        Process handler = builder.start();
        try {
            assertThat(violations(
                            "gc: Parallel, property: [{name: from, equals: options}, {name: sun.jnu.encoding, matches: ANSI}],"
                                    + " timeZone: America/Lima",
                            ", HANDLER_PID: " + handler.pid()))
                    .isEmpty();
        } finally {
            handler.destroyForcibly();
        }
    }
}
