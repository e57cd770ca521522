package io.github.lambdashell.fake;

import io.github.lambdashell.target.DeployListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps the lines of a deploy. */
public class DeployLines implements DeployListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Returns the lines so far, which grow with the next ones. */
    public final List<String> lines() {
        return lines;
    }

    @Override
    public final void step(String line) {
        lines.add(line);
    }

    @Override
    public final void resource(String resource, String type, String status) {
        lines.add(status + " " + resource);
    }
}
