package io.github.lambdashell.target.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRuntimesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "nodejs22.x, needs node on this machine's PATH",
        "provided.al2023, needs bash on this machine's PATH",
        "python3.13, needs bash on this machine's PATH",
        "cobol1.x, has no runtime cobol1.x; it has java11",
        "java21x, has no runtime java21x; it has java11",
        "java99, 'has no runtime java99; it has java11, java17, java21, java25, nodejs16.x, '",
        "nodejs99.x, 'has no runtime nodejs99.x; it has java11, java17, java21, java25, nodejs16.x, '",
        "python4, has no runtime python4; it has java11",
        "provided.al2099, has no runtime provided.al2099; it has java11"
    })
    void anUnsupportedRuntimeIsReportedWithItsRequirements(String runtime, String why) {
        LocalRuntimes runtimes = new LocalRuntimes(
                new JavaHomes(List.of(), Map.of()), new HostPrograms(directory.toString()), Optional.empty());

        assertThatThrownBy(() -> runtimes.find(runtime, "x86_64"))
                .isInstanceOf(UnsupportedRuntimeException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aDifferenceIsReportedOnceAndKept() {
        LocalRuntimes runtimes = new LocalRuntimes(
                new JavaHomes(List.of(), Map.of()), new HostPrograms("/usr/bin:/bin"), Optional.empty());
        List<String> reported = new ArrayList<>();
        runtimes.reportTo(reported::add);

        String requested = Runtime.version().feature() == 11 ? "java17" : "java11";
        runtimes.find(requested, "x86_64");
        runtimes.find(requested, "x86_64");

        assertThat(reported).doesNotHaveDuplicates().allMatch(line -> line.startsWith("Local target: "));
        assertThat(runtimes.differences(requested, "x86_64"))
                .isEqualTo(reported.stream()
                        .map(line -> line.substring("Local target: ".length()))
                        .sorted()
                        .toList());
    }

    @Test
    void theDifferenceNamesWhatReallyRuns() throws IOException {
        program("node", "v20.1.0");
        HostPrograms programs = new HostPrograms(directory + ":/usr/bin:/bin");

        assertThat(new NodeRuntime(programs).difference("nodejs22.x"))
                .isEqualTo("nodejs22.x requested, running on v20.1.0 of " + directory.resolve("node"));
        assertThat(new NodeRuntime(programs).difference("nodejs20.x")).isEmpty();
        assertThat(new ShellRuntime(programs).difference("ruby3.4"))
                .startsWith("ruby3.4 requested, running on this machine's own programs; ruby is ");
    }

    @Test
    void anotherVersionOfTheLanguageOrAnotherArchitectureIsMissing() throws IOException {
        program("node", "v20.1.0");
        program("python3", "Python 3.12.4");
        LocalRuntimes runtimes = new LocalRuntimes(
                new JavaHomes(List.of(), Map.of()), new HostPrograms(directory + ":/usr/bin:/bin"), Optional.empty());
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
        String other = machine.equals("arm64") ? "x86_64" : "arm64";

        assertThat(List.of("java" + Runtime.version().feature(), "nodejs20.x", "python3.12", "provided.al2023"))
                .allMatch(runtime -> runtimes.missing(runtime, machine).isEmpty());
        assertThat(runtimes.missing("nodejs22.x", machine))
                .hasValue("the node on this machine's PATH is v20.1.0 of " + directory.resolve("node")
                        + "; install the version of nodejs22.x");
        assertThat(runtimes.missing("python3.13", machine).orElseThrow()).contains("Python 3.12.4");
        assertThat(runtimes.missing("java8", machine).orElseThrow()).startsWith("no JDK 8 was found on this machine");
        assertThat(runtimes.missing("provided.al2023", other))
                .hasValue("this machine is " + machine + ", not " + other
                        + "; run it on such a machine or with target=aws");
    }

    @Test
    void aVersionManagersScriptIsNoProgramOfTheSandboxs() throws IOException {
        executable(Files.writeString(directory.resolve("node"), "#!/bin/sh\necho v22.0.0\n"));

        assertThat(new HostPrograms(directory.toString()).find("node")).isEmpty();
    }

    @Test
    void aJdkOfTheVersionThatIsAskedForComesFromToolchainsAndEnvironment() throws IOException {
        Path toolchain = jdk("toolchain", "21.0.3");
        Path named = jdk("named", "22.0.1");
        JavaHomes homes = new JavaHomes(
                List.of(toolchain, jdk("other", "99.0.1")),
                Map.of("JAVA_HOME_22_X64", named.toString(), "JAVA_HOME_22_ARM64", named.toString()));

        assertThat(homes.find(21)).isEqualTo(new JavaHomes.JavaHome(toolchain, "21.0.3"));
        assertThat(homes.find(22).home()).isEqualTo(named);
    }

    @Test
    void withoutOneTheJdkThatRunsMavenServesAndIsNamed() {
        JavaRuntime runtime = new JavaRuntime(new JavaHomes(List.of(), Map.of()));

        assertThat(runtime.difference("java98"))
                .isEqualTo("java98 requested, running on " + System.getProperty("java.version") + " of "
                        + System.getProperty("java.home"));
        assertThat(runtime.difference("java" + Runtime.version().feature())).isEmpty();
    }

    @Test
    void aJdkWhoseVersionIsAnotherThanItsNameSaysIsNotTaken() throws IOException {
        JavaHomes homes = new JavaHomes(
                List.of(), Map.of("JAVA_HOME_98", jdk("old", "11.0.2").toString()));

        assertThat(homes.find(98).home()).isEqualTo(Path.of(System.getProperty("java.home")));
    }

    @Test
    void aLayersBootstrapIsUsedIfThePackageHasNone() throws IOException {
        Path code = Files.createDirectories(directory.resolve("code"));
        Path layer = Files.createDirectories(directory.resolve("layer"));
        executable(Files.writeString(layer.resolve("bootstrap"), "#!/bin/sh\n"));
        FunctionDefinition function = function(code);
        ShellRuntime runtime = new ShellRuntime(new HostPrograms(null));

        assertThat(runtime.command(function, Optional.of(layer), SandboxPaths.LAMBDA))
                .containsExactly("/opt/bootstrap");
        assertThat(runtime.invalidEntrypoint(function, Optional.of(layer))).isEmpty();
        assertThat(runtime.invalidEntrypoint(function, Optional.empty())).isPresent();
        executable(Files.createFile(code.resolve("bootstrap")));
        assertThat(runtime.command(function, Optional.of(layer), SandboxPaths.LAMBDA))
                .containsExactly("/var/task/bootstrap");
    }

    private static FunctionDefinition function(Path code) {
        return TestFunctions.of("f", FunctionSettings.NONE.complete("provided.al2023"), "unused", code);
    }

    /** Java hands what has no interpreter's line to a shell. */
    private void program(String name, String version) throws IOException {
        executable(Files.writeString(directory.resolve(name), "echo " + version));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(Files.createFile(Files.createDirectories(home.resolve("bin")).resolve("java")));
        return home;
    }
}
