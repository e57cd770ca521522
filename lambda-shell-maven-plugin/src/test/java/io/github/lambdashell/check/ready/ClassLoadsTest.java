package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A handler that would not load in production is found out, with the class that is at fault. */
@DisabledOnOs(OS.WINDOWS)
class ClassLoadsTest {
    private static final String JAVA = System.getProperty("java.version");

    private static final String LAYER = "; is it in a layer? Then configure layers";

    @TempDir
    Path task;

    @TempDir
    Path sources;

    /** Compiles classes of the package com.example into the package. */
    private void compile(String name, String source) throws IOException {
        Path file = sources.resolve("com/example/" + name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package com.example; " + source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", task.toString(), "-cp", task.toString(), file.toString());
        assertThat(status).isZero();
    }

    private CheckResult check(String classes) {
        // The JVM that runs the tests, whatever else this machine has.
        return Checks.run("""
                - classLoads: %s
                  environmentVariables: {LAMBDA_TASK_ROOT: '%s', PATH: '%s/bin:%s'}
                """.formatted(classes, task, System.getProperty("java.home"), System.getenv("PATH")))
                .get(0);
    }

    private List<String> violations(String classes) {
        return check(classes).violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(task.toString(), "TASK"))
                .toList();
    }

    @Test
    void aHandlerWithAllDependenciesLoads() throws IOException {
        compile("Order", "public class Order { public String id; }");
        compile(
                "Handler",
                "public class Handler { int[][] a; Order[] b; public String handle(Order o) { return o.id; } }");

        CheckResult result = check("['com.example.Handler::handle', com.example.Order]");

        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(new String(result.run().orElseThrow().stdout().head()))
                .contains("ok - com.example.Handler::handle loads on Java " + JAVA)
                .contains("ok - com.example.Order loads");
    }

    @Test
    void aClassInALibraryLoads() throws IOException {
        compile("InJar", "public class InJar {}");
        Path jar = Files.createDirectories(task.resolve("lib")).resolve("orders.jar");
        Path compiled = task.resolve("com/example/InJar.class");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("com/example/InJar.class"));
            Files.copy(compiled, zip);
        }
        Files.delete(compiled);

        assertThat(violations("com.example.InJar")).isEmpty();
        assertThat(violations("com.example.NotThere"))
                .containsExactly("com.example.NotThere is not on the class path: TASK and 1 jar" + LAYER);
    }

    @Test
    void aClassInTheLayoutOfSpringBootIsFoundForAHint() throws IOException {
        compile("Handler", "public class Handler {}");
        Path classes = Files.createDirectories(task.resolve("BOOT-INF/classes"));
        Files.move(task.resolve("com"), classes.resolve("com"));

        assertThat(violations("com.example.Handler"))
                .containsExactly("com.example.Handler is not on the class path: TASK and 0 jars; it is in"
                        + " BOOT-INF/classes, where Lambda does not look for it");
    }

    @Test
    void aClassForANewerJavaIsReportedWithBothVersions() throws IOException {
        compile("Newer", "public class Newer {}");
        compile("UsesNewer", "public class UsesNewer extends Newer {}");
        Path file = task.resolve("com/example/Newer.class");
        byte[] content = Files.readAllBytes(file);
        content[7] = (byte) (44 + 99);
        Files.write(file, content);
        int here = Runtime.version().feature();

        assertThat(violations("[com.example.Newer, com.example.UsesNewer]"))
                .containsExactly(
                        "com.example.Newer does not load: it is compiled for Java 99 (class file version 143), but this"
                                + " is Java " + JAVA + ", which reads up to " + (here + 44),
                        "com.example.UsesNewer does not load: com.example.Newer is compiled for Java 99 (class file"
                                + " version 143), but this is Java " + JAVA + ", which reads up to " + (here + 44));
    }

    @Test
    void aMissingClassIsReportedWhereverTheHandlerNamesIt() throws IOException {
        compile("Gone", "public class Gone { static int f() { return 1; } }");
        compile("Extends", "public class Extends extends Gone {}");
        compile("Takes", "public class Takes { public void handle(Gone gone) {} }");
        compile("Calls", "public class Calls { public int handle() { return Gone.f(); } }");
        Files.delete(task.resolve("com/example/Gone.class"));

        String missing = "com.example.Gone, which is not on the class path: TASK and 0 jars" + LAYER;
        assertThat(violations("[com.example.Extends, com.example.Takes, com.example.Calls]"))
                .containsExactly(
                        "com.example.Extends does not load: it needs " + missing,
                        "com.example.Takes does not load: it needs " + missing,
                        "com.example.Calls needs " + missing);
    }

    @Test
    void aFailingStaticInitializerAndAMissingMethodAreReported() throws IOException {
        compile("Fails", "public class Fails { static { if (true) throw new IllegalStateException(\"no table\"); } }");
        compile("Handler", "public class Handler { public void handle() {} }");

        assertThat(violations("[com.example.Fails, 'com.example.Handler::handel']"))
                .containsExactly(
                        "com.example.Fails does not load: its static initializer failed with"
                                + " java.lang.IllegalStateException: no table",
                        "com.example.Handler::handel loads, but has no method handel");
    }

    @Test
    void aFileThatIsNotAClassIsReported() throws IOException {
        Files.createDirectories(task.resolve("com/example"));
        Files.writeString(task.resolve("com/example/Text.class"), "just a text, nothing else");

        assertThat(violations("com.example.Text"))
                .singleElement()
                .asString()
                .startsWith("com.example.Text does not load: java.lang.ClassFormatError");
    }

    @Test
    void withoutJavaItCantBeChecked() {
        List<String> violations = Checks.violations("""
                - classLoads: com.example.Handler
                  environmentVariables: {PATH: /nowhere}
                """);

        assertThat(violations)
                .containsExactly("classLoads could not be checked: java is not found, so no class can be loaded");
    }
}
