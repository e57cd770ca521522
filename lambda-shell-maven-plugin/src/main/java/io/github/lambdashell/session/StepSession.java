package io.github.lambdashell.session;

import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.StepEnd;
import io.github.lambdashell.target.SideChannel;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A runner of steps in a deployed function, which separates their outputs. */
public final class StepSession implements StepRunner {
    private final ShellFunction function;
    private final Optional<ProjectHandler> handler;

    public StepSession(ShellFunction function) {
        this(function, Optional.empty());
    }

    private StepSession(ShellFunction function, Optional<ProjectHandler> handler) {
        this.function = function;
        this.handler = handler;
    }

    @Override
    public StepsResult run(List<Step> steps) throws InterruptedException {
        return run(steps, () -> {});
    }

    @Override
    public StepsResult run(List<Step> steps, Runnable begun) throws InterruptedException {
        try (LargeEvents events = new LargeEvents(function.deployed())) {
            return send(steps.stream().map(events::sent).toList(), begun);
        }
    }

    @Override
    public Optional<SideChannel> sideChannel() {
        return function.deployed().sideChannel();
    }

    private StepsResult send(List<Step> steps, Runnable begun) throws InterruptedException {
        ShellRequest request = ShellRequest.steps(steps);
        handler.ifPresent(request::handler);
        Collector collector = new Collector(begun);
        boolean whole = false;
        try {
            ShellResult result = function.invoke(request, collector);
            StepsResult run = new StepsResult(
                    collector.results, result.sandbox(), result.coldStart(), result.report(), result.stragglers());
            whole = true;
            return run;
        } finally {
            collector.close(!whole);
        }
    }

    @Override
    public StepRunner with(ProjectHandler projectHandler) {
        return new StepSession(function, Optional.of(projectHandler));
    }

    @Override
    public StepRunner isolated() {
        return new StepSession(new ShellFunction(function.deployed().isolated()), handler);
    }

    /** A listener that assigns output to steps: the output since the previous step's end is this step's. */
    private static final class Collector implements FrameListener {
        private final List<StepResult> results = new ArrayList<>();
        private final Runnable begun;
        private boolean hasBegun;
        private Output stdout = new Output();
        private Output stderr = new Output();
        private Output output = new Output();

        Collector(Runnable begun) {
            this.begun = begun;
        }

        private void begin() {
            if (!hasBegun) {
                hasBegun = true;
                begun.run();
            }
        }

        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            begin();
            stdout.write(bytes, offset, length);
            output.write(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            begin();
            stderr.write(bytes, offset, length);
            output.write(bytes, offset, length);
        }

        @Override
        public void step(StepEnd step) {
            begin();
            results.add(new StepResult(
                    step.name(),
                    step.skipped(),
                    step.exitCode(),
                    step.timedOut(),
                    step.duration(),
                    step.handler(),
                    stdout,
                    stderr,
                    output));
            stdout = new Output();
            stderr = new Output();
            output = new Output();
        }

        /** Deletes the temporary files of the step that did not end; of all steps if no results are returned. */
        void close(boolean all) {
            List<Closeable> outputs = new ArrayList<>(List.of(stdout, stderr, output));
            if (all) {
                results.forEach(step -> outputs.addAll(List.of(step.stdout(), step.stderr(), step.output())));
            }
            for (Closeable unneeded : outputs) {
                try {
                    unneeded.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException("can't remove a temporary file", e);
                }
            }
        }
    }
}
