package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A package whose native libraries can't all be loaded is found out, by name and reason. */
@EnabledOnOs(OS.LINUX)
class NativeLibrariesTest {
    private static final String HERE = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    private static final String ELSEWHERE = HERE.equals("x86_64") ? "aarch64" : "x86_64";

    @TempDir
    Path task;

    @TempDir
    Path layers;

    private void put(String name, ElfFile file) throws IOException {
        put(name, file.bytes());
    }

    private void put(String name, byte[] content) throws IOException {
        Path path = task.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    private CheckResult check(String block) {
        return Checks.run("""
                - nativeLibraries: %s
                  environmentVariables: {LAMBDA_TASK_ROOT: '%s', LD_LIBRARY_PATH: '%s/lib:%s/lib'}
                """.formatted(block, task, task, layers)).get(0);
    }

    private List<String> violations(String block) {
        return check(block).violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(task + "/", ""))
                .toList();
    }

    private List<String> violations() {
        return violations("{}");
    }

    private static String said(CheckResult result) {
        return result.run().orElseThrow().stdout().head();
    }

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void librariesWithAllDependenciesPass() throws IOException {
        put("lib/liborders.so", ElfFile.here().needs("libm.so.6").needs("libc.so.6", "GLIBC_2.17"));
        put(
                "native/libuser.so",
                ElfFile.here().needs("liborders.so").needs("libbeside.so").runpath("$ORIGIN/deps"));
        put("native/deps/libbeside.so", ElfFile.here());

        CheckResult result = check("{}");

        assertThat(result.status()).as("%s", result).isEqualTo(Status.PASSED);
        assertThat(said(result)).contains("ok - 3 native libraries resolve");
    }

    @Test
    void aPackageWithoutNativeLibrariesPassesWithANote() throws IOException {
        put("index.js", "exports.handler = () => {}".getBytes(StandardCharsets.UTF_8));

        assertThat(said(check("{}"))).contains("ok - there are no native libraries in " + task);
    }

    @Test
    void aMissingLibraryIsReported() throws IOException {
        put("lib/libimage.so", ElfFile.here().needs("libc.so.6").needs("libgomp-of-nobody.so.1"));

        assertThat(violations()).containsExactly("lib/libimage.so needs libgomp-of-nobody.so.1, which is not found");
    }

    @Test
    void aLibraryThatTheLoaderDoesNotFindIsReportedWithItsPath() throws IOException {
        put("native/libinner.so", ElfFile.here().soname("libinner.so.2"));
        put("lib/libouter.so", ElfFile.here().needs("libinner.so.2"));

        assertThat(violations())
                .containsExactly("lib/libouter.so needs libinner.so.2, which is at native/libinner.so, where the loader"
                        + " does not search");
    }

    @Test
    void aNewerGlibcThanTheImagesIsReported() throws IOException {
        put("bin/tool", ElfFile.here().needs("libc.so.6", "GLIBC_2.17", "GLIBC_2.98", "GLIBC_2.99"));

        assertThat(violations())
                .singleElement()
                .asString()
                .matches("bin/tool needs GLIBC_2\\.98, GLIBC_2\\.99 of"
                        + " libc\\.so\\.6, but /\\S+/libc\\.so\\.6 has none newer than GLIBC_2\\.\\d+");
    }

    @Test
    void anotherArchitectureIsReported() throws IOException {
        put("lib/python/_fast.cpython-313-" + ELSEWHERE + "-linux-gnu.so", ElfFile.elsewhere());
        put("lib/libdeep.so", ElfFile.here().needs("libother.so"));
        put("lib/libother.so", ElfFile.elsewhere());

        assertThat(violations())
                .containsExactlyInAnyOrder(
                        "lib/python/_fast.cpython-313-" + ELSEWHERE + "-linux-gnu.so is for " + ELSEWHERE
                                + ", but this is " + HERE,
                        "lib/libother.so is for " + ELSEWHERE + ", but this is " + HERE,
                        "lib/libdeep.so needs libother.so, of which there is only lib/libother.so, for " + ELSEWHERE);
    }

    @Test
    void anotherCLibraryAndAMissingLoaderAreReported() throws IOException {
        put("lib/libalpine.so", ElfFile.here().needs("libc.musl-x86_64.so.1"));
        put("bin/tool", ElfFile.here().interpreter("/lib/ld-of-nobody.so.1"));

        assertThat(violations())
                .containsExactlyInAnyOrder(
                        "lib/libalpine.so is for another C library, it needs libc.musl-x86_64.so.1",
                        "bin/tool needs the loader /lib/ld-of-nobody.so.1, which is not found");
    }

    @Test
    void variantsForOtherPlatformsAreIgnored() throws IOException {
        byte[] here = ElfFile.here().needs("libc.so.6").bytes();
        byte[] musl = ElfFile.here().needs("libc.musl-x86_64.so.1").bytes();
        put(
                "lib/db.jar",
                jar(Map.of(
                        "native/Linux/" + HERE + "/libdb.so",
                        here,
                        "native/Linux-Musl/" + HERE + "/libdb.so",
                        musl,
                        "native/FreeBSD/" + HERE + "/libdb.so",
                        ElfFile.here().system(9).bytes(),
                        "native/SunOS/" + HERE + "/libdb.so",
                        ElfFile.here().needs("libm.so.2").bytes(),
                        "native/Linux/" + ELSEWHERE + "/libdb.so",
                        ElfFile.elsewhere().bytes(),
                        "com/example/Db.class",
                        new byte[] {1})));
        put("lib/epoll_" + HERE + ".so", ElfFile.here());
        put("lib/epoll_" + ELSEWHERE + ".so", ElfFile.elsewhere());

        CheckResult result = check("{}");

        assertThat(result.violations()).isEmpty();
        assertThat(said(result))
                .contains("ok - 2 native libraries resolve")
                .contains("ok - 5 more are for other platforms, with a variant for this one");
    }

    @Test
    void librariesInJarsAndNestedJarsAreExamined() throws IOException {
        byte[] inner = jar(Map.of(
                "linux/libdeep.so",
                        ElfFile.here()
                                .needs("libnobody.so.1")
                                .needs("libbeside.so")
                                .bytes(),
                "linux/libbeside.so", ElfFile.here().bytes()));
        put("lib/codec.jar", jar(Map.of("linux/libcodec.so", ElfFile.elsewhere().bytes())));
        put("app.jar", jar(Map.of("BOOT-INF/lib/inner.jar", inner)));

        assertThat(violations())
                .containsExactlyInAnyOrder(
                        "lib/codec.jar!/linux/libcodec.so is for " + ELSEWHERE + ", but this is " + HERE,
                        "app.jar!/BOOT-INF/lib/inner.jar!/linux/libdeep.so needs libnobody.so.1, which is not found");
    }

    @Test
    void configuredLibrariesAreIgnored() throws IOException {
        put(
                "lib/libgpu.so",
                ElfFile.here().needs("libcuda.so.1").needs("libnvrtc.so.12").needs("libnobody.so"));

        assertThat(violations("{ignore: [libcuda.so.1, libnv*]}"))
                .containsExactly("lib/libgpu.so needs libnobody.so, which is not found");
    }

    private CheckResult checkIn(String architecture, String runtime) {
        return Checks.run("""
                - nativeLibraries: {}
                  environmentVariables:
                    LAMBDA_TASK_ROOT: '%s'
                    LD_LIBRARY_PATH: '%s/lib:%s/lib'
                    LSHELL_ARCHITECTURE: '%s'
                    LSHELL_RUNTIME: '%s'
                """.formatted(task, task, layers, architecture, runtime))
                .get(0);
    }

    private List<String> violationsIn(String architecture, String runtime) {
        return checkIn(architecture, runtime).violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(task + "/", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"arm64, aarch64, x86_64", "x86_64, x86_64, aarch64"})
    void theFunctionsArchitectureDecidesNotThisMachines(String architecture, String name, String other)
            throws IOException {
        ElfFile right = ElfFile.of(name.equals("aarch64") ? ElfFile.AARCH64 : ElfFile.X86_64);
        ElfFile wrong = ElfFile.of(name.equals("aarch64") ? ElfFile.X86_64 : ElfFile.AARCH64);
        put("lib/libinner.so", right);
        put("lib/libfast.so", right.needs("libinner.so").needs("libm.so.6").needs("libc.so.6", "GLIBC_2.17"));
        put(
                "bin/tool",
                right.interpreter(
                        name.equals("aarch64") ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2"));

        CheckResult result = checkIn(architecture, "java21");

        assertThat(result.violations()).isEmpty();
        assertThat(said(result)).contains("ok - 3 native libraries resolve for " + name);
        put("lib/libslow.so", wrong);
        put("lib/libbroken.so", right.needs("libnobody.so"));
        assertThat(violationsIn(architecture, "java21"))
                .containsExactlyInAnyOrder(
                        "lib/libslow.so is for " + other + ", but this is " + name,
                        "lib/libbroken.so needs libnobody.so, which is not found");
    }

    @ParameterizedTest
    @CsvSource({
        "provided.al2023, 2.34, 2.36",
        "java21, 2.34, 2.35",
        "nodejs22.x, 2.34, 2.35",
        "python3.12, 2.34, 2.35",
        "provided.al2, 2.26, 2.27",
        "java17, 2.26, 2.28",
        "java17.al2023, 2.34, 2.35",
        "python3.11, 2.26, 2.27"
    })
    void theCLibraryOfTheRuntimeDecidesNotThisMachines(String runtime, String newest, String newer) throws IOException {
        String architecture = HERE.equals("x86_64") ? "x86_64" : "arm64";
        put("lib/libgood.so", ElfFile.here().needs("libc.so.6", "GLIBC_2.17", "GLIBC_" + newest));
        put("lib/libnew.so", ElfFile.here().needs("libc.so.6", "GLIBC_2.17", "GLIBC_" + newer));

        assertThat(violationsIn(architecture, runtime))
                .containsExactly("lib/libnew.so needs GLIBC_" + newer + " of libc.so.6, but " + runtime
                        + " has none newer than GLIBC_" + newest);
    }

    @Test
    void aLibraryInThePackageDecidesItsOwnVersions() throws IOException {
        // Its names of versions are texts in it.
        put("lib/libstdc++.so.6", ElfFile.here().soname("GLIBCXX_3.4.99"));
        put("lib/libfast.so", ElfFile.here().needs("libstdc++.so.6", "GLIBCXX_3.4.99"));

        assertThat(violationsIn(HERE.equals("x86_64") ? "x86_64" : "arm64", "provided.al2023"))
                .isEmpty();
    }

    @Test
    void allProblemsOfALibraryAreOneLine() throws IOException {
        put("native/libinner.so.2", ElfFile.here());
        put(
                "lib/libmany.so",
                ElfFile.here()
                        .needs("liba.so.1")
                        .needs("libinner.so.2")
                        .needs("libb.so.1")
                        .needs("libc.so.6", "GLIBC_2.98"));

        assertThat(violationsIn("", "provided.al2023"))
                .containsExactly(
                        "lib/libmany.so needs liba.so.1, libb.so.1, which are not found; libinner.so.2, which is at"
                                + " native/libinner.so.2, where the loader does not search; GLIBC_2.98 of libc.so.6, but"
                                + " provided.al2023 has none newer than GLIBC_2.34");
    }

    @Test
    void specialFilesAreNotLibraries() throws IOException {
        put("lib/truncated.so", new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
        put("lib/it's $odd\\name.so", ElfFile.here().needs("libc.so.6"));
        put("empty", new byte[0]);
        put("fake.jar", new byte[] {'P', 'X', 3, 4});

        assertThat(violations()).isEmpty();
    }
}
