package io.github.lambdashell.report;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.report.text.Masker;
import io.github.lambdashell.report.text.Summary;
import io.github.lambdashell.session.StepRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks that are run and reported: on the console as they end, in files at last, also when a signal ends the build. */
public final class ReportedRun {
    private final Console console;
    private final Path directory;
    private final Masker masker;

    /**
     * @param console where results are told, not null
     * @param directory where the files go; made where it is missing, not null
     * @param masker takes secrets out of both, not null
     */
    public ReportedRun(Console console, Path directory, Masker masker) {
        this.console = console;
        this.directory = directory;
        this.masker = masker;
    }

    /**
     * Runs the checks.
     *
     * @return what did not hold, in one line; empty when nothing failed
     * @throws ShellException when a check could not be run, or a report not be written
     * @throws InterruptedException when the thread was interrupted, after the reports were written
     */
    public Optional<String> run(StepRunner runner, CheckRunner.Options options, List<Check> checks)
            throws InterruptedException {
        ConsoleReport lines = new ConsoleReport(console, masker);
        CheckReport report;
        String problem;
        SignalHook hook = new SignalHook();
        try {
            report = new CheckRunner(runner, options, lines).run(checks);
            console.info("reports: " + Reports.write(directory, report, masker));
            problem = lines.summary(report) + masker.mask(Summary.names(report));
        } finally {
            hook.release();
        }
        if (report.interrupted()) {
            throw new InterruptedException(problem);
        }
        if (report.count(Status.ERROR) > 0) {
            throw new ShellException(problem, "See above what could not be checked, and why");
        }
        return report.count(Status.FAILED) > 0 ? Optional.of(problem) : Optional.empty();
    }
}
