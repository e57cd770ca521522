package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckListener;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.report.text.FailureText;
import io.github.lambdashell.report.text.Masker;
import io.github.lambdashell.report.text.Summary;

/** Results for the person before the console, as they come: a line for a pass, a failure with all that explains it. */
public final class ConsoleReport implements CheckListener {
    private static final String INDENT = "      ";
    /** The most lines of a stream that are shown. */
    private static final int STREAM_LINES = 40;

    private final Console console;
    private final Masker masker;

    /**
     * @param console where the lines go, not null
     * @param masker takes secrets out of them, not null
     */
    public ConsoleReport(Console console, Masker masker) {
        this.console = console;
        this.masker = masker;
    }

    @Override
    public void finished(CheckResult result) {
        String name = Text.line(masker.mask(result.check().name()));
        switch (result.status()) {
            case PASSED -> console.info(console.success("PASS ") + " " + name + details(result));
            case SKIPPED ->
                console.info(console.warning("SKIP ") + " " + name + " (" + masker.mask(result.reason()) + ")");
            case FAILED -> failure("FAIL ", name, result);
            case ERROR -> failure("ERROR", name, result);
        }
    }

    private void failure(String word, String name, CheckResult result) {
        console.error(console.failure(word) + " " + console.strong(name) + details(result));
        for (FailureText.Line line : FailureText.of(result, masker, STREAM_LINES)) {
            String coloured =
                    switch (line.kind()) {
                        case REMOVED -> console.failure(line.text());
                        case ADDED -> console.success(line.text());
                        case PLAIN -> line.text();
                    };
            console.error(INDENT + coloured);
        }
    }

    private static String details(CheckResult result) {
        StringBuilder details = new StringBuilder();
        result.run().ifPresent(run -> {
            details.append(" (").append(DurationText.format(run.duration()));
            details.append(run.coldStart() ? ", cold start" : "");
            details.append(result.attempts() > 1 ? ", try " + result.attempts() : "");
            details.append(')');
        });
        return details.toString();
    }

    /**
     * Writes the last line: how many passed, failed, could not be checked, were skipped.
     *
     * @return it, without colours, for the build's own failure
     */
    public String summary(CheckReport report) {
        String line = Summary.of(report);
        if (report.count(Status.FAILED) + report.count(Status.ERROR) > 0) {
            console.error(console.failure(line));
        } else {
            console.info(console.success(line));
        }
        return line;
    }
}
