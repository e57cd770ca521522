package io.github.lambdashell.mojo;

import io.github.lambdashell.report.ReportLog;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** Maven's log as a report's console, with Maven's colours. */
final class MavenConsole implements ReportLog {
    private final Log log;

    MavenConsole(Log log) {
        this.log = log;
    }

    @Override
    public void info(String line) {
        log.info(line);
    }

    @Override
    public void warn(String line) {
        log.warn(line);
    }

    @Override
    public void error(String line) {
        log.error(line);
    }

    @Override
    public String success(String text) {
        return MessageUtils.buffer().success(text).build();
    }

    @Override
    public String failure(String text) {
        return MessageUtils.buffer().failure(text).build();
    }

    @Override
    public String warning(String text) {
        return MessageUtils.buffer().warning(text).build();
    }

    @Override
    public String strong(String text) {
        return MessageUtils.buffer().strong(text).build();
    }
}
