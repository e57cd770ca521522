package io.github.lambdashell.run;

import io.github.lambdashell.check.environment.SideBySide;
import io.github.lambdashell.check.environment.Snapshot;
import io.github.lambdashell.check.ready.Environment;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.check.run.Workers;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The facts of several environments side by side, each of a temporary stack or a lock file. */
public final class ShowDifferences implements AutoCloseable {
    private static final int MAX_REMOVAL_MINUTES = 10;

    private final Map<DiffTerm, TargetConfig> terms;
    private final StackConfig config;
    private final Path home;
    private final DeployListener listener;
    private final Map<TargetConfig, Target> targets = new LinkedHashMap<>();

    /**
     * Opens the targets of the terms.
     *
     * @param terms the environments in their order, each with the target that has it, which a lock file does not need
     * @param config the stack that is deployed for each, whose runtime may be a term's
     * @param home the plugin's own directory
     * @throws ShellException if a target can't be opened
     */
    public ShowDifferences(Map<DiffTerm, TargetConfig> terms, StackConfig config, Path home, DeployListener listener) {
        this.terms = new LinkedHashMap<>(terms);
        this.config = config;
        this.home = home;
        this.listener = listener;
        try {
            terms.forEach((term, target) -> {
                if (!(term instanceof DiffTerm.Locked)) {
                    targets.computeIfAbsent(target, Targets::open);
                }
            });
        } catch (ShellException e) {
            close();
            throw e;
        }
    }

    /**
     * Validates all environments before anything is deployed.
     *
     * @throws ShellException if one can't be deployed
     */
    public void validate() {
        List<ShellException> failures = new ArrayList<>();
        terms.forEach((term, target) -> {
            if (term instanceof DiffTerm.Locked) {
                return;
            }
            try {
                StackConfig stack = stack(term);
                Problems problems = new Problems();
                StackRules.check(stack, problems);
                problems.require(
                        stack.publish()
                                || stack.qualifier() == null
                                || stack.qualifier().equals("$LATEST"),
                        "qualifier (lshell.qualifier) requires a deployed stack, but environments are compared in"
                                + " temporary ones");
                problems.throwIfAny();
                targets.get(target).prepare(stack).close();
            } catch (ShellException e) {
                failures.add(named(term, e));
            }
        });
        ShellException.throwIfAny(failures);
    }

    /**
     * Deploys the stacks at the same time, asks each for its facts, removes it, and writes the differences to standard
     * output.
     *
     * @param all whether facts without a difference are written, too
     * @throws ShellException if one of the environments can't be had
     */
    public void run(boolean all) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        compare().lines(all).forEach(line -> text.append(line).append('\n'));
        StandardStreams.print(text.toString());
    }

    SideBySide compare() throws InterruptedException {
        validate();
        List<Callable<Snapshot>> tasks = new ArrayList<>();
        terms.forEach((term, target) -> tasks.add(() -> snapshot(term, targets.get(target))));
        List<Snapshot> snapshots = new ArrayList<>();
        List<ShellException> failures = new ArrayList<>();
        ExecutorService workers = Workers.pool(terms.size(), "lshell-diff");
        try {
            for (Future<Snapshot> result : workers.invokeAll(tasks)) {
                try {
                    snapshots.add(Workers.await(result));
                } catch (ShellException e) {
                    failures.add(e);
                }
            }
        } finally {
            // If the build is interrupted, the workers still remove their stacks.
            workers.shutdownNow();
            workers.awaitTermination(MAX_REMOVAL_MINUTES, TimeUnit.MINUTES);
        }
        ShellException.throwIfAny(failures);
        return new SideBySide(terms.keySet().stream().map(DiffTerm::text).toList(), snapshots);
    }

    private StackConfig stack(DiffTerm term) {
        return term instanceof DiffTerm.Runtime runtime ? config.withRuntime(runtime.text()) : config;
    }

    private Snapshot snapshot(DiffTerm term, Target target) throws InterruptedException {
        if (term instanceof DiffTerm.Locked locked) {
            return locked.snapshot();
        }
        StackLease.Request request = new StackLease.Request(stack(term), FunctionSettings.NONE, false, home);
        try (StackLease lease = StackLease.temporary(target, request, listener.named(term.text()))) {
            Connection connection = Connection.to(lease.stack(), target, home);
            String script = Environment.script(List.of());
            Map<String, String> facts = FunctionFacts.of(List.of(script), connection, target);
            Step step = new Step("environment", script, Optional.empty(), new byte[0], null, facts, null, false);
            try (StepsResult result = new StepSession(connection.function()).run(List.of(step))) {
                return snapshot(result.steps());
            }
        } catch (ShellException e) {
            throw named(term, e);
        } catch (IOException e) {
            throw named(term, unreadable(e.toString()));
        }
    }

    private static Snapshot snapshot(List<StepResult> steps) throws IOException {
        if (steps.isEmpty()) {
            throw unreadable("the function's timeout ended its script");
        }
        try {
            return Environment.snapshot(steps.get(0).stdout());
        } catch (Snapshot.MalformedException e) {
            throw unreadable(e.getMessage());
        }
    }

    private static ShellException unreadable(String reason) {
        return new ShellException(
                "The environment can't be read: " + reason,
                "Run the goal again, with a longer timeout (lshell.timeout)");
    }

    private static ShellException named(DiffTerm term, ShellException e) {
        ShellException named = new ShellException(term.text() + ": " + e.problem(), e.remedy(), e);
        for (Throwable left : e.getSuppressed()) {
            named.addSuppressed(left);
        }
        return named;
    }

    /** Closes the targets. */
    @Override
    public void close() {
        targets.values().forEach(Target::close);
        targets.clear();
    }
}
