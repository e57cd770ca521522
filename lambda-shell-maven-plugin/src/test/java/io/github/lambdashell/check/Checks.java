package io.github.lambdashell.check;

import io.github.lambdashell.check.binding.CheckConfiguration;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.RunLimits;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.session.StepRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks written in YAML, run on this machine's bash. */
public final class Checks {
    /** A value that no report may show. */
    public static final String SECRET = "s3cr3t-value";

    /** The content of /var/task in the reports. */
    public static final String CODE = "target/orders.jar (12 KB, the project's artifact)";

    private static final Secrets SECRETS = Secrets.of(List.of(SECRET), List.of(), Stream.empty());

    /** The clock of a run: noon of a day. */
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    private Checks() {}

    /** Returns the options of a run on the local target. */
    public static CheckRunner.Options options(String title, int parallel, boolean failFast) {
        return new CheckRunner.Options(
                title,
                () -> new RunEnvironment(
                        "local",
                        "lshell-orders",
                        "java21",
                        "x86_64",
                        CODE,
                        Optional.of("full, by bubblewrap"),
                        List.of()),
                new RunLimits(parallel, failFast),
                SECRETS,
                Set.of("password"),
                CLOCK);
    }

    /** Runs one or more commands of a commandsFile as on AWS. */
    public static List<CheckResult> runOnAws(String yaml, StepRunner runner) {
        CheckRunner.Options options = new CheckRunner.Options(
                "checks",
                () -> new RunEnvironment("aws", "lshell-orders", "java21", "x86_64", CODE, Optional.empty(), List.of()),
                new RunLimits(1, false),
                SECRETS,
                Set.of("password"),
                CLOCK);
        return new CheckRunner(runner, options, List.of()).run(read(yaml)).results();
    }

    /** Runs one or more commands of a commandsFile at a time. */
    public static CheckReport runAt(String time, String yaml) {
        CheckRunner.Options options = options("checks", 1, false);
        CheckRunner.Options then = new CheckRunner.Options(
                options.title(),
                options.environment(),
                options.limits(),
                options.secrets(),
                options.secretNames(),
                Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
        return new CheckRunner(new LocalShell(), then, List.of()).run(read(yaml));
    }

    /** Runs one or more commands of a commandsFile. */
    public static List<CheckResult> run(String yaml) {
        return run(yaml, new LocalShell());
    }

    /** Runs one or more commands of a commandsFile by a runner of the test's own. */
    public static List<CheckResult> run(String yaml, StepRunner runner) {
        return run(yaml, runner, 1, false);
    }

    /** Runs one or more commands of a commandsFile. */
    public static List<CheckResult> run(String yaml, StepRunner runner, int parallel, boolean failFast) {
        return new CheckRunner(runner, options("checks", parallel, failFast), List.of())
                .run(read(yaml))
                .results();
    }

    /** Reads the commands of a commandsFile. */
    public static List<Check> read(String yaml) {
        try {
            Path directory = Files.createTempDirectory("lshell-checks");
            Path file = directory.resolve("commands.yaml");
            try {
                Files.writeString(file, yaml);
                return read(Optional.empty(), Optional.of(file), new Settings(directory, false));
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads commands from a POM, a commandsFile, or both.
     *
     * @throws ShellException that names everything that is wrong
     */
    public static List<Check> read(Optional<ConfigNode> pom, Optional<Path> file, Settings settings) {
        Problems problems = new Problems();
        List<Check> checks = CheckConfiguration.read(pom, file, Path.of(""), settings, problems);
        problems.throwIfAny();
        return checks;
    }

    /** What did not hold, as the texts that a person reads. */
    public static List<String> violations(String yaml) {
        return run(yaml).stream()
                .flatMap(result -> result.violations().stream())
                .map(Violation::text)
                .toList();
    }
}
