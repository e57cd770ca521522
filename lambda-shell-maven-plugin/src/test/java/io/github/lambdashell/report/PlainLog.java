package io.github.lambdashell.report;

import java.util.function.Consumer;

/** A log without colors, whose lines of all levels go to one consumer. */
public record PlainLog(Consumer<String> lines) implements ReportLog {
    @Override
    public void info(String line) {
        lines.accept(line);
    }

    @Override
    public void warn(String line) {
        lines.accept(line);
    }

    @Override
    public void error(String line) {
        lines.accept(line);
    }

    @Override
    public String success(String text) {
        return text;
    }

    @Override
    public String failure(String text) {
        return text;
    }

    @Override
    public String warning(String text) {
        return text;
    }

    @Override
    public String strong(String text) {
        return text;
    }
}
