package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Permissions are judged as on Lambda, where the package belongs to another user: also where the tests' user is root. */
@EnabledOnOs(OS.LINUX)
class AccessibleTest {
    @TempDir
    Path task;

    private Path put(String name, String permissions, byte[] content) throws IOException {
        Path file = task.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return permit(file, permissions);
    }

    private Path put(String name, String permissions, String content) throws IOException {
        return put(name, permissions, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Path permit(Path path, String permissions) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private CheckResult check(String word, String paths) {
        return Checks.run("""
                - %s: %s
                  environmentVariables: {LAMBDA_TASK_ROOT: '%s', LD_LIBRARY_PATH: /opt/lib, LSHELL_RUNTIME: java11}
                """.formatted(word, paths.replace("TASK", task.toString()), task))
                .get(0);
    }

    private List<String> violations(String word, String paths) throws IOException {
        String owner = Files.getOwner(task).getName();
        return check(word, paths).violations().stream()
                .map(Violation::text)
                .map(text -> text.replace(task.toString(), "TASK").replace("owner " + owner, "owner OWNER"))
                .toList();
    }

    @Test
    void readableFilesAndExecutableFilesPass() throws IOException {
        put("lib/a b.jar", "rw-r--r--", "x");
        put("bin/run", "rwxr-xr-x", "#! /bin/sh -e\n");
        put("bin/env", "rwxr-xr-x", "#!/usr/bin/env sh\n");
        put("bin/program", "rwxr-xr-x", ElfFile.here().bytes());
        put(".lshell/of-the-shell-function", "rw-------", "x");

        CheckResult readable = check("readable", "[TASK/**, /dev/null, 'TASK/lib/a b.jar']");
        CheckResult executable = check("executable", "['TASK/bin/*', TASK/bin/run, /bin/sh]");

        assertThat(readable.status()).as("%s", readable.violations()).isEqualTo(Status.PASSED);
        assertThat(readable.run().orElseThrow().stdout().head()).isEqualTo("""
                        ok - %1$s/** is readable: 6 found
                        ok - /dev/null is readable
                        ok - %1$s/lib/a b.jar is readable
                        """.formatted(task));
        assertThat(executable.status()).as("%s", executable.violations()).isEqualTo(Status.PASSED);
    }

    @Test
    void whatTheFunctionsUserCanNotReadIsReportedWithModeAndRemedy() throws IOException {
        put("lib/a.jar", "rw-------", "x");
        put("config/app.yaml", "rw-r--r--", "x");
        permit(task.resolve("config"), "rwx------");

        assertThat(violations("readable", "TASK/**"))
                .containsExactly(
                        "TASK/config is not readable by the function's user: mode 0700, owner OWNER; make the directory"
                                + " accessible for others in the package (chmod o+rx)",
                        "TASK/lib/a.jar is not readable by the function's user: mode 0600, owner OWNER; make it readable"
                                + " for others in the package (chmod o+r)");
    }

    @Test
    void aDirectoryOnTheWayIsNamed() throws IOException {
        put("config/deep/app.yaml", "rw-r--r--", "x");
        permit(task.resolve("config"), "rwx------");

        assertThat(violations("readable", "[TASK/config/deep/app.yaml, 'TASK/*/deep/app.yaml']"))
                .allMatch(
                        text -> text.contains(
                                "can't be reached: the directory TASK/config can't be entered by the function's user: mode 0700"))
                .hasSize(2);
    }

    @Test
    void aPathWithoutAnyFileIsReported() throws IOException {
        Files.createSymbolicLink(task.resolve("link"), Path.of("nowhere"));
        Files.createDirectory(task.resolve("empty"));

        assertThat(violations("readable", "[TASK/absent, 'TASK/*.jar', TASK/link]"))
                .containsExactly(
                        "TASK/absent does not exist",
                        "TASK/*.jar matches no file",
                        "TASK/link is a link to nowhere, which does not exist");
        assertThat(violations("executable", "[TASK/empty, 'TASK/e*y']"))
                .containsExactly(
                        "TASK/empty is a directory; name a file, or a pattern such as TASK/empty/*",
                        "TASK/e*y matches no file, only directories");
    }

    @Test
    void aFileThatLinuxCanNotExecuteIsReportedWithTheCause() throws IOException {
        put("1", "rw-r--r--", "#!/bin/sh\n");
        put("2", "rwxr-xr-x", "#!/bin/sh\r\necho\r\n");
        put("3", "rwxr-xr-x", "#!/no/such/python\n");
        put("4", "rwxr-xr-x", "#!/usr/bin/env no-such-program\n");
        put("5", "rwxr-xr-x", "\u00ef\u00bb\u00bf#!/bin/sh\n");
        put("6", "rwxr-xr-x", "\u00cf\u00fa\u00ed\u00fe\u0007");
        put("7", "rwxr-xr-x", "MZ\u0090");
        put("8", "rwxr-xr-x", "echo hello\n");
        put("9", "rwx--x--x", "#!/bin/sh\n");

        assertThat(violations("executable", "'TASK/*'"))
                .containsExactly(
                        "TASK/1 is not executable by the function's user: mode 0644, owner OWNER; set its run bit in the"
                                + " package (chmod +x)",
                        "TASK/2 has a carriage return at the end of its #! line, so Linux looks for '/bin/sh\\r'; convert"
                                + " its line ends to LF",
                        "TASK/3 needs the interpreter /no/such/python, which does not exist in the runtime",
                        "TASK/4 needs no-such-program, which /usr/bin/env does not find in PATH",
                        "TASK/5 begins with a byte order mark, so Linux ignores its #! line; save it without one",
                        "TASK/6 is a program for macOS (exec format error); build it for Linux",
                        "TASK/7 is a program for Windows (exec format error); build it for Linux",
                        "TASK/8 is neither an ELF file nor a script with a #! line (exec format error)",
                        "TASK/9 is not readable by the function's user: mode 0711, owner OWNER; make it readable for"
                                + " others in the package (chmod o+r)");
    }

    @Test
    void aProgramForAnotherArchitectureOrWithoutItsLibrariesIsReported() throws IOException {
        put("bootstrap", "rwxr-xr-x", ElfFile.elsewhere().bytes());
        put("helper", "rwxr-xr-x", ElfFile.here().needs("libof-nobody.so.1").bytes());

        assertThat(violations("executable", "[TASK/bootstrap, TASK/helper]"))
                .satisfiesExactly(
                        text -> assertThat(text).matches("TASK/bootstrap is for \\w+, but this is \\w+"),
                        text -> assertThat(text).isEqualTo("TASK/helper needs libof-nobody.so.1, which is not found"));
    }

    @Test
    void ofManyFilesTheFirstAreReportedWithTheNumberOfTheOthers() throws IOException {
        for (int i = 0; i < 1200; i++) {
            put("data/" + i, "rw-------", "");
        }

        assertThat(violations("readable", "'TASK/data/*'"))
                .hasSize(21)
                .last()
                .isEqualTo("1180 more of TASK/data/* are not readable");
    }
}
