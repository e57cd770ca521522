package io.github.lambdashell.mojo;

import io.github.lambdashell.target.DeployListener;
import org.apache.maven.plugin.logging.Log;

/** Writes the progress of a stack to Maven's log. */
final class LogProgress implements DeployListener {
    private final Log log;

    LogProgress(Log log) {
        this.log = log;
    }

    @Override
    public void step(String line) {
        log.info(line);
    }

    @Override
    public void warning(String line) {
        log.warn(line);
    }

    @Override
    public void resource(String resource, String type, String status) {
        String line = String.format("  %-24s %-24s %s", status, type, resource);
        if (status.endsWith("_FAILED")) {
            log.warn(line);
        } else {
            log.debug(line);
        }
    }
}
