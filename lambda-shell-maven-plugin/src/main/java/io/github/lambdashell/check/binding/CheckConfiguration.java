package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.tree.ConfigFile;
import io.github.lambdashell.config.tree.ConfigNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks of a goal, from its POM and its commandsFile together, judged as a whole. */
public final class CheckConfiguration {
    private final Settings settings;
    private final Problems problems = new Problems();
    private final List<Check> checks = new ArrayList<>();

    private CheckConfiguration(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads them all, those of the POM first.
     *
     * @param pom the POM's {@code <commands>} element, empty when there is none
     * @param file the commandsFile, empty when there is none
     * @param settings what else counts
     * @return at least one check
     * @throws ShellException that names everything that is wrong
     */
    public static List<Check> read(Optional<ConfigNode> pom, Optional<Path> file, Settings settings) {
        CheckConfiguration configuration = new CheckConfiguration(settings);
        pom.ifPresent(
                commands -> configuration.add(new ConfigNode("", null, List.of(commands), commands.place()), true));
        file.ifPresent(path -> configuration.add(ConfigFile.read(path, "commands"), false));
        configuration.unique();
        configuration.problems.throwIfAny();
        return configuration.checks;
    }

    /** Adds a whole document: what a commandsFile is, and what a POM's parameters amount to. */
    private void add(ConfigNode document, boolean pom) {
        Scope scope = new Scope(problems, "", pom);
        List<ConfigNode> commands = new BlockReader(document, Block.DOCUMENT, scope).many("commands");
        for (int i = 0; i < commands.size(); i++) {
            checks.add(new CheckBinder(commands.get(i), i + 1, scope).bind());
        }
    }

    private void unique() {
        Map<String, Check> byName = new HashMap<>();
        for (Check check : checks) {
            Check other = byName.putIfAbsent(check.name(), check);
            if (other != null) {
                problems.add(check.place() + ": the name is taken by " + other.place() + ", give each its own");
            }
        }
    }
}
