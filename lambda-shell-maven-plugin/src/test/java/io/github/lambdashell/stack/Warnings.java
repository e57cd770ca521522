package io.github.lambdashell.stack;

import io.github.lambdashell.fake.Silence;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is warned of, and nothing else. */
final class Warnings extends Silence {
    final List<String> lines = new ArrayList<>();

    @Override
    public void warning(String line) {
        lines.add(line);
    }
}
