package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.target.local.runtime.RuntimeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The check's verdict on a handler is that of AWS's official client, which decides in the same test. */
@DisabledOnOs(OS.WINDOWS)
class ClassLoadsTest {
    private static final String JAVA = System.getProperty("java.version");
    private static final String IMPORTS =
            "import com.amazonaws.services.lambda.runtime.*; import java.io.*; import java.util.*; ";
    private static final String HANDLE = "{ public String handleRequest(Map<String, String> m, Context c) { %s } }";
    private static final String LAYER = "; is it in a layer? Then configure layers";
    private static final String INTERFACE = " implements RequestHandler<Map<String, String>, String> ";

    @TempDir
    static Path runtime;

    @TempDir
    Path directory;

    private Path task;

    @BeforeAll
    static void createRuntime() throws IOException {
        RuntimeLibraries.copyTo(runtime.resolve("lib"));
    }

    /** Compiles a class of the package com.example into the package. */
    private void compile(String name, String source) throws IOException {
        task = Files.createDirectories(directory.resolve("task"));
        Path file = directory.resolve("sources/com/example/" + name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package com.example; " + IMPORTS + source);
        String classPath = task.toString();
        try (Stream<Path> jars = Files.list(runtime.resolve("lib"))) {
            classPath += jars.map(jar -> ":" + jar).collect(Collectors.joining());
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", task.toString(), "-cp", classPath, "-nowarn", file.toString());
        assertThat(status).isZero();
    }

    private void compileHandler(String name, String declaration, String statements) throws IOException {
        compile(name, declaration + INTERFACE + HANDLE.formatted(statements));
    }

    private Path compiled(String name) {
        return task.resolve("com/example/" + name + ".class");
    }

    private void moveToJar(String name, String jarName) throws IOException {
        Path jar = Files.createDirectories(task.resolve("lib")).resolve(jarName);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("com/example/" + name + ".class"));
            Files.copy(compiled(name), zip);
        }
        Files.delete(compiled(name));
    }

    private void makeNewer(String name) throws IOException {
        byte[] content = Files.readAllBytes(compiled(name));
        content[7] = (byte) (44 + 99);
        Files.write(compiled(name), content);
    }

    private CheckResult check(String classes) {
        // The JVM that runs the tests, whatever else this machine has.
        return Checks.run("""
                - classLoads: %s
                  environmentVariables:
                    LAMBDA_TASK_ROOT: '%s'
                    LAMBDA_RUNTIME_DIR: '%s'
                    PATH: '%s/bin:%s'
                """.formatted(classes, task, runtime, System.getProperty("java.home"), System.getenv("PATH")))
                .get(0);
    }

    private List<String> violations(String classes) {
        return check(classes).violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(task.toString(), "TASK"))
                .toList();
    }

    private static String stdout(CheckResult result) {
        return result.run().orElseThrow().stdout().head();
    }

    private OfficialClient.Verdict official(String handler) {
        try {
            return OfficialClient.run(task, runtime, handler);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the official client with handlers of com.example. */
    private List<CompletableFuture<OfficialClient.Verdict>> verdicts(String... handlers) {
        return Stream.of(handlers)
                .map(handler -> CompletableFuture.supplyAsync(() -> official("com.example." + handler)))
                .toList();
    }

    /** Expects that the official client refuses all of these handlers, and the check as well, in the client's words. */
    private List<String> assertRefused(String... handlers) throws Exception {
        List<CompletableFuture<OfficialClient.Verdict>> verdicts = verdicts(handlers);
        List<String> violations = violations(Stream.of(handlers)
                .map(handler -> "'com.example." + handler + "'")
                .collect(Collectors.joining(", ", "[", "]")));

        assertThat(violations).hasSameSizeAs(handlers);
        for (int i = 0; i < handlers.length; i++) {
            OfficialClient.Verdict verdict = verdicts.get(i).join();
            assertThat(verdict.accepts()).as(handlers[i]).isFalse();
            assertThat(violations.get(i))
                    .startsWith("com.example." + handlers[i])
                    .contains(verdict.text())
                    .contains(verdict.errorType());
        }
        return violations;
    }

    @Test
    void aHandlerThatCanNotBeConstructedIsRefused() throws Exception {
        String constructor =
                INTERFACE + "{ %s public String handleRequest(Map<String, String> m, Context c) { return null; } }";
        compile("WithArgument", "public class WithArgument" + constructor.formatted("public WithArgument(int i) {}"));
        compile("Hidden", "class Hidden" + constructor.formatted("public Hidden() {}"));
        compile(
                "Throws",
                "public class Throws"
                        + constructor.formatted("public Throws() { throw new IllegalStateException(\"no table\"); }"));
        compile("Abstract", "public abstract class Abstract" + constructor.formatted(""));
        compile("Outer", "public class Outer { public class Inner" + constructor.formatted("") + " }");
        compile(
                "Fails",
                "public class Fails"
                        + constructor.formatted("static { if (true) throw new IllegalStateException(\"no key\"); }"));

        assertThat(assertRefused("WithArgument", "Hidden", "Throws", "Abstract", "Outer$Inner", "Fails"))
                .last()
                .asString()
                .endsWith("; caused by java.lang.IllegalStateException: no key");
    }

    @Test
    void aHandlerWithoutAUsableMethodIsRefused() throws Exception {
        compile("Plain", "public class Plain { public String handle(String s) { return s; } }");
        compile("Private", "public class Private { private String handle(String s) { return s; } }");
        compile("Wrong", "public class Wrong { public String handle(String s, String t) { return s; } }");
        compile(
                "Raw",
                "@SuppressWarnings(\"rawtypes\") public class Raw implements RequestHandler {"
                        + " public Object handleRequest(Object o, Context c) { return o; } }");
        compile("Gone", "public class Gone {}");
        compile("Takes", "public class Takes { public String handle(Gone gone) { return null; } }");
        Files.delete(compiled("Gone"));

        assertRefused("Plain", "Plain::handel", "Private::handle", "Wrong::handle", "Raw", "Takes::handle", "Absent");
    }

    @Test
    void aHandlerThatTheOfficialClientAcceptsPasses() throws Exception {
        compileHandler("Typed", "public class Typed", "return \"typed\";");
        compile(
                "Streams",
                "public class Streams implements RequestStreamHandler { public void handleRequest("
                        + "InputStream i, OutputStream o, Context c) throws IOException { o.write('1'); } }");
        compile("Order", "public class Order { public String id; }");
        compile(
                "Method",
                "public class Method { int[][] a; Order[] b; public String handle(Order o) { return o.id; } }");
        compile("Static", "public class Static { private Static() {} public static int handle() { return 3; } }");
        compile(
                "Base",
                "public abstract class Base<I, O> implements RequestHandler<I, O> {"
                        + " public O handleRequest(I i, Context c) { return null; } }");
        compile("Generic", "public class Generic extends Base<Map<String, String>, String> {}");
        compile(
                "Events",
                "public class Events { boolean b = com.amazonaws.services.lambda.runtime.serialization.events"
                        + ".LambdaEventSerializers.isLambdaSupportedEvent(\"x\");"
                        + " public String handle() { return \"\"; } }");
        // The runtime's own class of this name is the one that counts.
        Path ignored = Files.createDirectories(task.resolve("com/amazonaws/services/lambda/runtime"));
        Files.writeString(ignored.resolve("RequestHandler.class"), "not a class");
        List<String> handlers =
                List.of("Typed", "Streams", "Method::handle", "Static::handle", "Generic", "Events::handle");

        List<CompletableFuture<OfficialClient.Verdict>> verdicts = verdicts(handlers.toArray(String[]::new));
        CheckResult result = check(handlers.stream()
                .map(handler -> "'com.example." + handler + "'")
                .collect(Collectors.joining(", ", "[", "]")));

        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(stdout(result))
                .contains("ok - com.example.Method::handle loads on Java " + JAVA + ", and so do the ");
        assertThat(verdicts).allMatch(verdict -> verdict.join().accepts());
    }

    @Test
    void aMissingClassIsReportedOneLibraryFurtherAndDeepInTheProject() throws Exception {
        compile("Gone", "public class Gone { public static String f() { return null; } }");
        compile("Lib", "public class Lib { public static String f() { return Gone.f(); } }");
        compileHandler("Further", "public class Further", "return Lib.f();");
        compile("Third", "public class Third { static String f() { return Lib.f(); } }");
        compile("Second", "public class Second { static String f() { return Third.f(); } }");
        compile("First", "public class First { static String f() { return Second.f(); } }");
        compileHandler("Deep", "public class Deep", "return First.f();");
        Files.delete(compiled("Gone"));
        moveToJar("Lib", "lib.jar");

        assertThat(assertRefused("Further", "Deep"))
                .first()
                .isEqualTo("com.example.Further needs com.example.Gone, which is not on the class path"
                        + " (java.lang.NoClassDefFoundError: com/example/Gone):"
                        + " com.example.Further > com.example.Lib > com.example.Gone" + LAYER);
        assertThat(
                        violations(
                                "[{handler: com.example.Deep, depth: 3}, {handler: com.example.Deep, ignore: com.example.Go*}]"))
                .isEmpty();
    }

    @Test
    void aClassInTheLayoutOfSpringBootIsFoundForAHint() throws Exception {
        compileHandler("Boot", "public class Boot", "return null;");
        Path classes = Files.createDirectories(task.resolve("BOOT-INF/classes"));
        Files.move(task.resolve("com"), classes.resolve("com"));

        assertThat(violations("com.example.Boot"))
                .singleElement()
                .asString()
                .contains("Class not found: com.example.Boot")
                .endsWith("; it is in BOOT-INF/classes, where Lambda does not look for it");
    }

    @Test
    void aLibraryMayHandleThatAnOptionalClassIsMissing() throws Exception {
        compile("Gone", "public class Gone { static String f() { return null; } }");
        compile(
                "Lib",
                "public class Lib { public static String f() { try { return Gone.f(); }"
                        + " catch (NoClassDefFoundError e) { return \"without\"; } } }");
        compileHandler("Handler", "public class Handler", "return Lib.f();");
        Files.delete(compiled("Gone"));
        moveToJar("Lib", "lib.jar");

        assertThat(official("com.example.Handler").text()).isEqualTo("\"without\"");
        assertThat(violations("com.example.Handler")).isEmpty();
    }

    @Test
    void ofSeveralJarsWithAClassTheOneOfTheOfficialClientIsLoaded() throws Exception {
        // The order of a folder is that of their creation or of hashes.
        for (String jar : List.of("b.jar", "a-1.jar", "Z.jar", "a.jar", "10.jar")) {
            compile(
                    "Which",
                    "public class Which { public static String f() { throw new IllegalStateException(\"" + jar
                            + "\"); } }");
            moveToJar("Which", jar);
        }
        compile("Which", "public class Which { public static String f() { return null; } }");
        compileHandler("Handler", "public class Handler", "return null; } public Handler() { Which.f();");
        Files.delete(compiled("Which"));

        assertThat(assertRefused("Handler")).singleElement().asString().contains(" 10.jar: ");
    }

    @Test
    void aClassForANewerJavaIsReportedWithBothVersions() throws Exception {
        compile("Newer", "public class Newer { public String handle() { return null; } }");
        compile("UsesNewer", "public class UsesNewer extends Newer {}");
        makeNewer("Newer");

        assertRefused("Newer::handle", "UsesNewer::handle");
        assertThat(violations("{class: com.example.UsesNewer}"))
                .singleElement()
                .asString()
                .startsWith("com.example.UsesNewer does not load: java.lang.UnsupportedClassVersionError: ")
                .endsWith("(compiled for Java 99, but this is Java " + JAVA + ")");
    }

    @Test
    void aHandlerThatEndsTheJvmIsReported() throws Exception {
        compileHandler("Exits", "public class Exits", "return null; } public Exits() { System.exit(0);");
        compileHandler("Halts", "public class Halts", "return null; } public Halts() { Runtime.getRuntime().halt(1);");

        assertThat(violations("[com.example.Exits, com.example.Halts]"))
                .containsExactly(
                        "com.example.Exits ended the JVM with exit code 0 while it was loaded",
                        "com.example.Halts ended the JVM with exit code 1 while it was loaded");
    }

    @Test
    void anotherClassThanAHandlerLoadsWithAllThatItNames() throws Exception {
        compile("Gone", "public class Gone { static int f() { return 1; } }");
        compile("Order", "public class Order { static { System.out.println(\"not ok - only its own output\"); } }");
        compile("Extends", "public class Extends extends Gone {}");
        compile("Takes", "public class Takes { public void handle(Gone gone) {} }");
        compile("Calls", "public class Calls { public int handle() { return Gone.f(); } }");
        Files.delete(compiled("Gone"));
        Files.writeString(compiled("Text"), "just a text, nothing else");
        moveToJar("Order", "order.jar");

        List<String> violations = violations(Stream.of("Order", "Extends", "Takes", "Calls", "Absent", "Text")
                .map(name -> "{class: com.example." + name + "}")
                .collect(Collectors.joining(", ", "[", "]")));

        String missing = "java.lang.NoClassDefFoundError: com/example/Gone";
        assertThat(violations).hasSize(5);
        assertThat(violations.get(0)).startsWith("com.example.Extends does not load: " + missing);
        assertThat(violations.get(1)).startsWith("com.example.Takes does not load: " + missing);
        assertThat(violations.get(2))
                .startsWith("com.example.Calls needs com.example.Gone")
                .contains(missing);
        assertThat(violations.get(3)).isEqualTo("com.example.Absent is not on the class path: TASK/ and 1 jar" + LAYER);
        assertThat(violations.get(4)).startsWith("com.example.Text does not load: java.lang.ClassFormatError");
    }

    @Test
    void expectationsOfTheOutputAreAllowedBesideIt() throws Exception {
        compile("Order", "public class Order { static { System.out.println(\"hello\"); } }");
        String check = "{class: com.example.Order}\n  stdout: {contains: loads on Java}\n  stderr: ";

        assertThat(violations(check + "hello")).isEmpty();
        assertThat(violations(check + "{empty: true}"))
                .containsExactly("stderr is \"hello\\n\", but expected it to be empty");
    }

    @Test
    void withoutJavaOrTheClientItCanNotBeChecked() {
        assertThat(Checks.violations("""
                - classLoads: com.example.Handler
                  environmentVariables: {PATH: /nowhere}
                """))
                .containsExactly("classLoads could not be checked: java is not found, so no class can be loaded");
        assertThat(Checks.violations("""
                - classLoads: com.example.Handler
                  environmentVariables: {LAMBDA_TASK_ROOT: /tmp, LAMBDA_RUNTIME_DIR: /nowhere}
                """))
                .singleElement()
                .asString()
                .startsWith("classLoads could not be checked: AWS's runtime interface client for Java is not in ");
    }
}
