package io.github.lambdashell.stack;

import io.github.lambdashell.target.DeployListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is warned of, and nothing else. */
final class Warnings implements DeployListener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void step(String line) {}

    @Override
    public void warning(String line) {
        lines.add(line);
    }

    @Override
    public void resource(String resource, String type, String status) {}
}
