package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Glob;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The ready-made check that the function's user can read or execute files.
 *
 * @param word {@code readable} or {@code executable}
 * @param paths absolute, also with wildcards; not null
 */
public record Accessible(String word, List<String> paths) implements ReadyMade {
    public Accessible {
        paths = List.copyOf(paths);
    }

    /** Returns the check that files and directories can be read. */
    public static Accessible readable(List<String> paths) {
        return new Accessible("readable", paths);
    }

    /** Returns the check that files can be executed. */
    public static Accessible executable(List<String> paths) {
        return new Accessible("executable", paths);
    }

    @Override
    public String values() {
        return String.join(", ", paths);
    }

    @Override
    public String script() {
        return new Script("accessible.bash")
                .folders()
                .elf()
                .set("word", word)
                .set("patterns", paths.stream().map(Glob::forBash).collect(Collectors.joining("\n")))
                .text();
    }
}
