package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.Waiver;
import io.github.lambdashell.check.environment.Drift;
import io.github.lambdashell.check.environment.IgnoredFacts;
import io.github.lambdashell.check.environment.LockFile;
import io.github.lambdashell.check.environment.Snapshot;
import io.github.lambdashell.check.expect.Lines;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ready-made check that the function's environment is as its lock file has it. A file that does not exist is written.
 *
 * @param lockFile the file, not null
 * @param variables names of the environment variables whose values are compared as well, not null
 * @param ignored facts that may change, not null
 * @param warns whether a change is a warning instead of a failure
 * @param overwrite whether a change is written to the file
 */
public record Environment(
        LockFile lockFile, List<String> variables, List<IgnoredFacts> ignored, boolean warns, boolean overwrite)
        implements ReadyMade {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
    private static final String HINT = "to accept the change, write the file with -Dlshell.overwrite";

    public Environment {
        variables = List.copyOf(variables);
        ignored = List.copyOf(ignored);
    }

    @Override
    public String word() {
        return "environment";
    }

    @Override
    public String values() {
        return RelativePath.of(lockFile.path());
    }

    @Override
    public String script() {
        return script(variables);
    }

    /** Returns the script that prints the facts, and values of some environment variables. */
    public static String script(List<String> variables) {
        return new Script("environment.bash")
                .folders()
                .set("variables", String.join("\n", variables))
                .jvm()
                .text();
    }

    @Override
    public Optional<Waiver> waiver() {
        return warns ? Optional.of(Waiver.always("a warning, because onDrift is warn")) : Optional.empty();
    }

    @Override
    public Expectation verdict() {
        return seen -> {
            try {
                return drift(snapshot(seen.command().stdout()));
            } catch (Snapshot.MalformedException e) {
                // Not a violation, which onDrift could make a warning.
                throw new IOException(word() + NOT_CHECKED + e.getMessage(), e);
            }
        };
    }

    /**
     * Returns the snapshot that the script printed.
     *
     * @throws Snapshot.MalformedException if it did not reach its end
     */
    public static Snapshot snapshot(Output stdout) throws IOException, Snapshot.MalformedException {
        List<String> printed = new ArrayList<>();
        try (Lines lines = new Lines(stdout)) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                printed.add(line.toString());
            }
        }
        return Snapshot.ofPrinted(printed);
    }

    private List<Violation> drift(Snapshot now) throws IOException, Snapshot.MalformedException {
        Path file = lockFile.fileFor(now);
        boolean exists = Files.exists(file);
        if (exists && !overwrite) {
            List<Drift> drifts = Drift.between(LockFile.read(file), now, ignored);
            List<Violation> violations = new ArrayList<>();
            for (Drift drift : drifts) {
                boolean isLast = violations.size() == drifts.size() - 1;
                violations.add(new Violation(drift.text(), drift.diff(), isLast ? HINT : "", drift.changes()));
            }
            return violations;
        }
        LockFile.write(file, now);
        LOG.info("{} {}", exists ? "Updated" : "Wrote", RelativePath.of(file));
        return List.of();
    }
}
