package io.github.lambdashell.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.symptom.Symptom.Variant;
import io.github.lambdashell.target.local.LocalTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.filefilter.FileFilterUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that people have reported: the check of each symptom finds its broken project, and accepts the fixed one, in a
 * sandbox of the local target. {@code -Dlshell.symptom=NAME} runs one of them. See README.md in {@code src/test/symptoms}.
 */
@DisabledOnOs(OS.WINDOWS)
class SymptomsTest {
    private static final int AT_ONCE = 3;
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private static Path directory;

    private static Path runtime;
    private static LocalTarget target;
    private static ExecutorService workers;

    @BeforeAll
    static void open() throws Exception {
        runtime = SymptomProject.runtimeLibraries(directory.resolve("runtime"));
        Map<String, Path> layers = new TreeMap<>();
        for (Symptom symptom : Symptom.all()) {
            for (Variant variant : Variant.values()) {
                layers.put(layerName(symptom, variant), SymptomProject.layer(work(symptom, variant)));
            }
        }
        LocalConfig local = new LocalConfig(IsolationMode.AUTO, NetworkMode.HOST, List.of(), null, List.of(), layers);
        target = new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, home(), local, null));
        workers = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void close() throws Exception {
        workers.shutdown();
        assertThat(workers.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        target.close();
    }

    private static Path home() {
        return directory.resolve("home");
    }

    private static Path work(Symptom symptom, Variant variant) {
        return directory.resolve(symptom.name() + "-" + variant.folderName());
    }

    private static String layerName(Symptom symptom, Variant variant) {
        return symptom.name() + "-" + variant.folderName();
    }

    @TestFactory
    Stream<DynamicTest> theCheckFindsTheBrokenProjectAndAcceptsTheFixedOne() {
        String only = System.getProperty("lshell.symptom");
        List<Symptom> symptoms = Symptom.all().stream()
                .filter(symptom -> only == null || symptom.name().equals(only))
                .toList();
        assertThat(symptoms).isNotEmpty();
        List<DynamicTest> tests = new ArrayList<>();
        for (Symptom symptom : symptoms) {
            if (!symptom.description().isPossible()) {
                String reason = "this machine has no " + symptom.description().requires();
                tests.add(DynamicTest.dynamicTest("finds " + symptom.name(), () -> Assumptions.abort(reason)));
                continue;
            }
            Future<List<CheckResult>> broken = workers.submit(() -> run(symptom, Variant.BROKEN));
            Future<List<CheckResult>> fixed = workers.submit(() -> run(symptom, Variant.FIXED));
            tests.add(DynamicTest.dynamicTest("finds " + symptom.name(), () -> assertFound(symptom, await(broken))));
            tests.add(DynamicTest.dynamicTest(symptom.name() + " passes when fixed", () -> assertPassed(await(fixed))));
        }
        return tests.stream();
    }

    private static void assertFound(Symptom symptom, List<CheckResult> results) {
        assertThat(symptom.description().finds()).isNotEmpty();
        assertThat(problems(results))
                .as(() -> written(results))
                .contains(symptom.description().finds());
    }

    private static void assertPassed(List<CheckResult> results) {
        assertThat(results)
                .extracting(CheckResult::status)
                .as(() -> problems(results) + written(results))
                .containsOnly(Status.PASSED);
    }

    private static String problems(List<CheckResult> results) {
        return results.stream()
                .flatMap(result ->
                        Stream.concat(result.violations().stream().map(Violation::text), Stream.of(result.reason())))
                .collect(Collectors.joining("\n"));
    }

    private static String written(List<CheckResult> results) {
        return results.stream()
                .flatMap(result -> result.run().stream())
                .map(run -> "\n" + run.stdout().head() + "\n" + run.stderr().head())
                .collect(Collectors.joining());
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Builds, deploys and checks a variant as the goal exec does. */
    private static List<CheckResult> run(Symptom symptom, Variant variant) throws Exception {
        Path work = Files.createDirectories(work(symptom, variant));
        Symptom.Settings settings = symptom.settings(variant);
        Optional<Path> archive = SymptomProject.build(symptom, variant, settings.build(), work, runtime);
        List<String> layers = Files.isDirectory(SymptomProject.layer(work))
                ? List.of("arn:aws:lambda:us-east-1:123456789012:layer:" + layerName(symptom, variant) + ":1")
                : List.of();
        try (SymptomServers.Server server = SymptomServers.start(settings.server())) {
            StackConfig config = StackConfigs.of(
                    symptom.name(),
                    settings.function(layers, server.port()),
                    archive.map(file -> new ProjectCode(file, List.of())).orElse(null));
            StackLease.Request request = new StackLease.Request(config, config.function(), false, home());
            List<Check> checks = checks(symptom, work, archive, server.port());
            try (StackLease lease = StackLease.take(target, request, new Silence())) {
                Connection connection = Connection.to(lease.stack(), target, home());
                Map<String, String> facts = FunctionFacts.of(
                        checks.stream().map(check -> check.command().text()).toList(), connection, target);
                return new CheckRunner(
                                new StepSession(connection.function()),
                                Checks.options(symptom.name(), 1, false),
                                List.of())
                        .run(checks.stream().map(check -> check.in(facts)).toList())
                        .results();
            }
        }
    }

    private static List<Check> checks(Symptom symptom, Path work, Optional<Path> archive, int port) throws Exception {
        Path user = work.resolve("user");
        FileUtils.copyDirectory(symptom.folder().toFile(), user.toFile(), FileFilterUtils.fileFileFilter());
        Path commands = user.resolve("commands.yaml");
        Files.writeString(commands, Files.readString(commands).replace("@port@", Integer.toString(port)));
        return Checks.read(
                Optional.empty(),
                Optional.of(commands),
                new Settings(
                        user,
                        false,
                        false,
                        Optional.ofNullable(symptom.description().handler()),
                        false,
                        Map.of(),
                        Map.of(),
                        () -> SymptomProject.buildFiles(work, archive)));
    }
}
