package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.target.local.runtime.RuntimeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LoadsLibraryTest {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    static Path runtime;

    @TempDir
    Path directory;

    @BeforeAll
    static void createRuntime() throws IOException {
        RuntimeLibraries.copyTo(runtime.resolve("lib"));
    }

    private Path put(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** A library that the JVM can load. */
    private static byte[] library() throws IOException {
        return Files.readAllBytes(JAVA_HOME.resolve("lib/libprefs.so"));
    }

    private void compile(String name, String members) throws IOException {
        Path file = put(
                "sources/com/example/" + name + ".java",
                ("package com.example; public class " + name + " { "
                                + members.replace("DIRECTORY", directory.toString()) + " }")
                        .getBytes());
        Path task = Files.createDirectories(directory.resolve("task"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", task.toString(), file.toString()))
                .isZero();
    }

    private CheckResult check(String libraries, String environment) throws IOException {
        Files.createDirectories(directory.resolve("task/lib"));
        Files.createDirectories(directory.resolve("opt/lib"));
        return Checks.run("""
                - loadsLibrary: %1$s
                  environmentVariables:
                    LAMBDA_TASK_ROOT: '%2$s/task'
                    LAMBDA_RUNTIME_DIR: '%3$s'
                    LD_LIBRARY_PATH: '%2$s/task/lib:%2$s/opt/lib'
                    PATH: '%4$s/bin:%5$s'
                    %6$s
                """.formatted(libraries, directory, runtime, JAVA_HOME, System.getenv("PATH"), environment))
                .get(0);
    }

    private List<String> violations(String libraries) throws IOException {
        return check(libraries, "").violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void librariesLoadByNameAndByPath() throws IOException {
        put("task/lib/liborders.so", library());
        Path second = put("task/native/libsecond.so", library());

        CheckResult result = check("[orders, " + second + "]", "");

        assertThat(result.violations()).isEmpty();
        assertThat(result.run().orElseThrow().stdout().head()).isEqualTo("""
                        ok - orders loads by System.loadLibrary: %1$s/task/lib/liborders.so
                        ok - %1$s/task/native/libsecond.so loads by System.load: %1$s/task/native/libsecond.so
                        """.formatted(directory));
    }

    @Test
    void aLibraryThatIsNotFoundIsReportedWithItsPlace() throws IOException {
        put("task/native/libhidden.so", library());
        put("opt/lib/libversioned.so.4", library());
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(put("task/lib/ocr.jar", new byte[0])))) {
            jar.putNextEntry(new ZipEntry("linux-x86-64/libpacked.so"));
            jar.write(library());
        }

        assertThat(violations("[absent, hidden, versioned, packed, /no/such/lib.so]"))
                .allMatch(text -> text.contains(" does not load by System.load"))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .contains("in java.library.path: ")
                                .endsWith("; the package and its layers do not have libabsent.so"),
                        text -> assertThat(text)
                                .endsWith("; it is at task/native/libhidden.so; move it to lib/ of the package or a"
                                        + " layer"),
                        text -> assertThat(text)
                                .endsWith("; there is opt/lib/libversioned.so.4, but the JVM looks for libversioned.so;"
                                        + " add a link of that name beside it"),
                        text -> assertThat(text)
                                .endsWith("; it is in task/lib/ocr.jar!/linux-x86-64/libpacked.so, but not extracted;"
                                        + " load it by its library's own class, or unpack it into lib/ of the package"),
                        text -> assertThat(text).endsWith("; the file does not exist"));
    }

    @Test
    void aLibraryThatDoesNotFitIsReportedWithTheCause() throws IOException {
        put("task/lib/libfar.so", ElfFile.elsewhere().bytes());
        put("task/lib/libimage.so", ElfFile.here().needs("libof-nobody.so.1").bytes());

        assertThat(violations("[far, image]"))
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("far does not load by System.loadLibrary: "),
                        text -> assertThat(text).matches("task/lib/libfar.so is for \\w+, but this is \\w+"),
                        text -> assertThat(text)
                                .startsWith("image does not load by System.loadLibrary: ")
                                .contains("libof-nobody.so.1"),
                        text -> assertThat(text)
                                .isEqualTo("task/lib/libimage.so needs libof-nobody.so.1, which is not found"));
    }

    /** nguyenq/tess4j#141: a layer has the library, with its version at the end of the name. */
    @Test
    void aLibraryWithAVersionInItsNameLoadsByALinkWithoutIt() throws IOException {
        Path versioned = put("opt/lib/libtesseract.so.4", library());
        assertThat(violations("tesseract")).singleElement().asString().contains("there is opt/lib/libtesseract.so.4");

        Files.createSymbolicLink(directory.resolve("opt/lib/libtesseract.so"), versioned.getFileName());
        assertThat(violations("tesseract")).isEmpty();
    }

    @Test
    void aClassLoadsItsOwnLibrary() throws IOException {
        put("native/libown.so", library());
        compile("Own", "static { System.load(\"DIRECTORY/native/libown.so\"); }");
        compile("Later", "private static void load() { System.load(\"DIRECTORY/native/libown.so\"); }");
        compile("Fails", "static { System.load(\"/no/such/libown.so\"); }");
        compile("Falls", "static boolean load() { return false; } void instance() {}");

        assertThat(violations("[{class: com.example.Own}, {class: com.example.Later, method: load}]"))
                .isEmpty();
        assertThat(violations("""
                [{class: com.example.Later}, {class: com.example.Fails}, {class: com.example.Falls, method: load},
                   {class: com.example.Falls, method: no}, {class: com.example.Falls, method: instance},
                   {class: com.example.Absent}]"""))
                .containsExactly(
                        "com.example.Later loads no native library; name the method that does",
                        "com.example.Fails does not load its library: java.lang.UnsatisfiedLinkError: Can't load library:"
                                + " /no/such/libown.so",
                        "com.example.Falls.load() returned false",
                        "com.example.Falls has no method no()",
                        "com.example.Falls.instance() is not static",
                        "com.example.Absent is not on the class path");
    }

    @Test
    void theLoaderCanBeChosen() throws IOException {
        assertThat(violations("[{library: c, by: jna}]"))
                .singleElement()
                .asString()
                .startsWith("c does not load by JNA: com.sun.jna.NativeLibrary is not on the class path; add"
                        + " net.java.dev.jna:jna");
        put("task/lib/liborders.so", library());
        assertThat(violations("{library: orders, by: jvm}")).isEmpty();
    }

    @Test
    void aCrashOfTheJvmIsReported() throws IOException {
        compile("Halts", "static { Runtime.getRuntime().halt(134); }");

        assertThat(violations("{class: com.example.Halts}"))
                .containsExactly("com.example.Halts ended the JVM with exit code 134 while it was loaded");
    }

    @Test
    void aLibraryForAnotherArchitectureThanThisMachinesCanNotBeChecked() throws IOException {
        assertThat(check("orders", "LSHELL_ARCHITECTURE: sparc").violations())
                .singleElement()
                .extracting(Violation::text)
                .asString()
                .startsWith("loadsLibrary could not be checked: this machine is ")
                .endsWith(", but the function is sparc; use nativeLibraries, or target=aws");
    }
}
