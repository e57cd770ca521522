package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.environment.Group;
import io.github.lambdashell.check.environment.LockFile;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.local.isolation.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ready-made checks on this machine, on another root file system, and by the AWS path on the emulator. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ReadyMadeChecksOnEachTargetTest {
    private static final String COMMANDS = """
            - classPath: {}
            - classLoads: {class: com.amazonaws.services.lambda.runtime.Context}
            - jvm: {gc: Serial, maxHeap: {le: 512MB}, property: {name: java.specification.version, equals: 17}}
            - nativeLibraries: {}
            - readable: /var/runtime/lib/*
            - executable: /bin/sh
            - writable: /tmp
            - name: files
              run: "true"
              files: {path: '/var/task/.lshell/**', count: {ge: 3}, totalSize: {le: 1MB}}
            - environment: {}
            - tls: 127.0.0.1:1
            - loadsLibrary: nothing-of-this-name
            - reachable: 127.0.0.1:1
            """;

    @RegisterExtension
    private final Account account = new Account();

    @TempDir
    private Path directory;

    private List<CheckResult> results(Target target) throws Exception {
        Path file = Files.writeString(directory.resolve("commands.yaml"), COMMANDS);
        List<Check> checks = Checks.read(Optional.empty(), Optional.of(file), new Settings(directory, false));
        StackLease.Request request = new StackLease.Request(
                Account.config("demo", FunctionSettings.NONE.complete("java17")),
                FunctionSettings.NONE,
                false,
                account.home());
        try (StackLease lease = StackLease.take(target, request, new Silence())) {
            Connection connection = Connection.to(lease.stack(), target, account.home());
            Map<String, String> facts = FunctionFacts.of(
                    checks.stream().map(check -> check.command().text()).toList(), connection, target);
            return new CheckRunner(
                            new StepSession(connection.function()), Checks.options("checks", 1, false), List.of())
                    .run(checks.stream().map(check -> check.in(facts)).toList())
                    .results();
        }
    }

    private void assertJudged(List<CheckResult> results, String target) throws Exception {
        List<String> problems = results.stream()
                .map(result -> result.check().name() + ": " + result.problem())
                .toList();
        assertThat(problems.subList(0, 9)).allMatch(problem -> problem.endsWith(": "));
        assertThat(problems.get(9)).contains("127.0.0.1:1 is not reachable");
        assertThat(problems.get(10)).contains("nothing-of-this-name does not load");
        assertThat(problems.get(11)).contains("127.0.0.1:1 is not reachable: Connection refused");
        assertThat(LockFile.read(directory.resolve("src/lshell/environment.lock"))
                        .facts(Group.ENVIRONMENT))
                .containsEntry("target", target)
                .containsEntry("runtime", "java17");
    }

    @Test
    void onThisMachine() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            List<CheckResult> results = results(target);

            assertJudged(results, "local");
            boolean hasOwnNetwork = target.describe().isolation().orElseThrow().contains("network of its own");
            assertThat(results.get(11).problem())
                    .matches("127.0.0.1:1 is not reachable: Connection refused, after \\d+ ms"
                            + (hasOwnNetwork
                                    ? "; for a service of this machine, set lshell.local.hostPorts=1 or"
                                            + " lshell.local.network=host"
                                    : ""));
        }
    }

    @Test
    void onAnotherRootFileSystem() throws Exception {
        assumeTrue(succeeds("bwrap", "--ro-bind", "/", "/", "true"), "needs bubblewrap");
        TestImage image = new TestImage(directory.resolve("image"))
                .withLibrariesOf(Path.of(System.getProperty("java.home")))
                .withPrograms(
                        "bash",
                        "mktemp",
                        "base64",
                        "mkdir",
                        "rm",
                        "sed",
                        "awk",
                        "grep",
                        "sort",
                        "od",
                        "uname",
                        "readlink",
                        "df",
                        "sha256sum",
                        "timeout",
                        "stat",
                        "tr",
                        "date");
        LocalConfig local =
                new LocalConfig(IsolationMode.FULL, NetworkMode.AUTO, List.of(), image.root(), List.of(), Map.of());
        try (Target target =
                Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, account.home(), local, null))) {
            assertJudged(results(target), "local");
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void byTheAwsPath() throws Exception {
        AwsEmulator endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        try (endpoint;
                Target target =
                        Targets.open(new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home()))) {
            assertJudged(results(target), "aws");
        }
        assertThat(LockFile.read(directory.resolve("src/lshell/environment.lock"))
                        .facts(Group.ENVIRONMENT))
                .containsEntry("runtime-version", AwsEmulator.RUNTIME_VERSION);
    }
}
