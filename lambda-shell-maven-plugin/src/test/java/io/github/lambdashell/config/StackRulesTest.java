package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.StackConfigs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackRulesTest {
    @ParameterizedTest
    @CsvSource({"orders,lshell-orders", "my_service.api,lshell-my-service-api", "standalone-pom,lshell"})
    void namesAStackAfterItsProject(String artifactId, String name) {
        assertThat(StackRules.defaultStackName(artifactId)).isEqualTo(name);
    }

    @Test
    void acceptsAnOrdinaryStack() {
        Problems problems = new Problems();

        StackRules.check(stack("demo-1", 512, Duration.ofSeconds(60), Map.of("MODE", "x")), problems);

        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Problems problems = new Problems();

        StackRules.check(stack("1_demo", 64, Duration.ofMillis(1500), Map.of("AWS_REGION", "x", "1A", "y")), problems);

        Throwable refusal = catchThrowable(problems::throwIfAny);
        assertThat(refusal)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The configuration has 5 problems")
                .hasMessageEndingWith("\nNothing was deployed; correct them and run the goal again.")
                .hasMessageContaining("hyphens, but is '1_demo'")
                .hasMessageContaining("memorySize (lshell.memorySize) must be 128 to 10240 MB, but is 64 MB")
                .hasMessageContaining("timeout (lshell.timeout) must be in full seconds, but is 1500 ms")
                .hasMessageContaining("environmentVariables: 'AWS_REGION' is reserved by Lambda")
                .hasMessageContaining("underscore, but is '1A'");
    }

    @Test
    void explainsAPlaceholderInAName() {
        Problems problems = new Problems();

        StackRules.checkStackName("lshell-${env.BUILD_NUMBER}", problems);

        assertThat(catchThrowable(problems::throwIfAny)).hasMessageContaining("; define the property in it");
    }

    @Test
    void countsTheBytesOfAllVariables() {
        Problems problems = new Problems();

        StackRules.check(
                stack("demo", 512, Duration.ofSeconds(1), Map.of("AA", "é".repeat(1000), "BB", "x".repeat(2093))),
                problems);

        assertThat(catchThrowable(problems::throwIfAny))
                .hasMessageContaining("must be at most 4096 bytes in total, but are 4097");
    }

    @Test
    void layersAreArnsAndLocalLayersAreNames() {
        Problems problems = new Problems();
        FunctionSettings configured = new FunctionSettings(
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of("arn:aws:lambda:eu-west-1:123456789012:layer:tools:7", "target/layer.zip"),
                null,
                null,
                null);
        FunctionSettings function = configured.complete("java21");
        StackRules.check(Account.config("demo", function), problems);
        StackRules.checkLocalLayers(Set.of("tools", "tolls"), function, problems);

        assertThat(catchThrowable(problems::throwIfAny))
                .hasMessageContaining("VERSION, but one is 'target/layer.zip'")
                .hasMessageContaining("localLayers: unknown layer 'tolls'; the function's layers are tools")
                .hasMessageNotContaining("unknown layer 'tools'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java21 | 512  |         | ",
                "java21 | 512  | live    | ",
                "java21 | 512  | 12      | qualifier (lshell.qualifier) must be an alias with publish or snapStart, which decide on the version, but is '12'",
                "java21 | 512  | $LATEST | must be an alias with publish or snapStart",
                "java21 | 512  | li.ve   | must be a version or an alias: up to 128 letters, digits, '$', '_' or '-', but is 'li.ve'",
                "java8.al2023 | 512 |    | snapStart (lshell.snapStart) requires a runtime from java11, python3.12 or dotnet8 on, but runtime is 'java8.al2023'",
                "java11.al2023 | 512 |   | ",
                "java26 | 512 |          | ",
                "python3.11 | 512 |      | but runtime is 'python3.11'",
                "python3.12 | 512 |      | ",
                "python3.15 | 512 |      | ",
                "dotnet6 | 512 |         | but runtime is 'dotnet6'",
                "dotnet8 | 512 |         | ",
                "dotnet10 | 512 |        | ",
                "dotnetcore3.1 | 512 |   | but runtime is 'dotnetcore3.1'",
                "ruby3.4 | 512 |         | but runtime is 'ruby3.4'",
                "nodejs24.x | 512 |      | but runtime is 'nodejs24.x'",
                "provided.al2023 | 512 | | but runtime is 'provided.al2023'",
                "java21 | 1024 |         | requires an ephemeralStorage of 512 MB, but it is 1024 MB"
            })
    void snapStartIsForSomeRuntimesAndAPublishedVersion(String runtime, int storage, String qualifier, String problem) {
        FunctionSettings function = new FunctionSettings(
                        runtime, null, null, null, storage, Map.of(), null, null, null, null)
                .complete(runtime);
        Problems problems = new Problems();
        StackRules.check(StackConfigs.version(function, true, true, qualifier), problems);

        if (problem == null) {
            problems.throwIfAny();
        } else {
            assertThat(catchThrowable(problems::throwIfAny)).hasMessageContaining(problem);
        }
    }

    @Test
    void aVersionOfAnyFunctionIsPublished() {
        FunctionSettings function = new FunctionSettings(
                        null, null, null, null, 1024, Map.of(), null, null, null, new FileSystem("arn", "/mnt/data"))
                .complete("nodejs24.x");
        Problems problems = new Problems();

        StackRules.check(version(function, true, false), problems);

        problems.throwIfAny();
    }

    @Test
    void allThatExcludesSnapStartIsReported() {
        FunctionSettings function = new FunctionSettings(
                        null, null, null, null, 1024, Map.of(), null, null, null, new FileSystem("arn", "/mnt/data"))
                .complete("nodejs24.x");
        Problems problems = new Problems();

        StackRules.check(version(function, false, true), problems);

        assertThat(catchThrowable(problems::throwIfAny))
                .hasMessageContaining("must not be 'false' with snapStart (lshell.snapStart)")
                .hasMessageContaining("but runtime is 'nodejs24.x'")
                .hasMessageContaining("ephemeralStorage of 512 MB")
                .hasMessageContaining("the file system of the function to copy (lshell.like) are mutually exclusive");
    }

    private static StackConfig version(FunctionSettings function, boolean publish, boolean snapStart) {
        return StackConfigs.version(function, publish, snapStart, null);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "599, true", "600, false"})
    void aStackThatDeletesItselfRequiresAnExpiry(int seconds, boolean refused) {
        Problems problems = new Problems();
        StackRules.check(
                new StackConfig(
                        "demo",
                        FunctionSettings.NONE.complete("java21"),
                        null,
                        Map.of(),
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        Duration.ofSeconds(seconds),
                        true,
                        false,
                        false,
                        null,
                        null),
                problems);

        if (refused) {
            assertThat(catchThrowable(problems::throwIfAny))
                    .hasMessageContaining("selfDestruct (lshell.selfDestruct) requires an expiry; set expiresAfter"
                            + " (lshell.expiresAfter) to at least 10m");
        } else {
            problems.throwIfAny();
        }
    }

    private static StackConfig stack(String name, int memory, Duration timeout, Map<String, String> variables) {
        FunctionSettings function = new FunctionSettings(
                "java21", "x86_64", memory, timeout, 512, variables, List.of(), List.of(), List.of(), null);
        return Account.config(name, function);
    }
}
