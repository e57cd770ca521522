package io.github.lambdashell.check.ready;

import java.util.List;

/**
 * The ready-made check that files and directories are writable.
 *
 * @param paths absolute, not null
 */
public record Writable(List<String> paths) implements ReadyMade {
    public Writable {
        paths = List.copyOf(paths);
    }

    @Override
    public String word() {
        return "writable";
    }

    @Override
    public String values() {
        return String.join(", ", paths);
    }

    @Override
    public String script() {
        return new Script("writable.bash")
                .set("paths", String.join("\n", paths))
                .text();
    }
}
