package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Text;
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
    private static final String EXTENSION = "x-";

    private final boolean overwrite;
    private final Problems problems;
    private final List<Check> checks = new ArrayList<>();

    private CheckConfiguration(boolean overwrite, Problems problems) {
        this.overwrite = overwrite;
        this.problems = problems;
    }

    /**
     * Reads them all, those of the POM first.
     *
     * @param pom the parameters {@code commands} and {@code redactions} as the children of one node, empty when the POM
     *     has neither
     * @param file the commandsFile, empty when there is none
     * @param settings what else counts
     * @param problems gets everything that is wrong; the checks are worth something only when it gets nothing
     * @return the checks; unless a problem is noted at least one, each with a name of its own
     */
    public static List<Check> read(
            Optional<ConfigNode> pom, Optional<Path> file, Settings settings, Problems problems) {
        CheckConfiguration configuration = new CheckConfiguration(settings.overwrite(), problems);
        pom.ifPresent(document -> configuration.add(document, settings.baseDirectory(), true));
        file.ifPresent(configuration::addFile);
        configuration.unique();
        if (configuration.checks.isEmpty() && problems.isEmpty()) {
            problems.add("There is no command to run; write <commands> into the POM, name a commandsFile, or give"
                    + " -Dlshell.command='...'");
        }
        return configuration.checks;
    }

    private void addFile(Path path) {
        try {
            ConfigNode file = ConfigFile.read(path, "commands");
            add(withoutExtensions(file), path.toAbsolutePath().getParent(), false);
        } catch (ShellException e) {
            problems.add(e.problem());
        }
    }

    /** Less the keys that begin with {@code x-}: the place for what a file's aliases stand for. */
    private static ConfigNode withoutExtensions(ConfigNode file) {
        List<ConfigNode> words = file.children().stream()
                .filter(child -> !child.name().startsWith(EXTENSION))
                .toList();
        return new ConfigNode(file.name(), file.text(), words, file.place());
    }

    /** Adds a whole document: what a commandsFile is, and what a POM's parameters amount to. */
    private void add(ConfigNode document, Path directory, boolean pom) {
        Scope scope = new Scope(problems, "", pom);
        BlockReader reader = new BlockReader(document, Block.DOCUMENT, scope);
        Sources sources = new Sources(directory, overwrite, Sources.redactions(reader, scope));
        int number = 0;
        for (ConfigNode command : reader.all("commands")) {
            number++;
            if (!command.isEmpty()) {
                checks.add(new CheckBinder(command, number, sources, scope).bind());
            }
        }
        if (!pom && !reader.has("commands")) {
            scope.problem(document, "commands is missing");
        }
    }

    private void unique() {
        Map<String, Check> byName = new HashMap<>();
        for (Check check : checks) {
            Check other = byName.putIfAbsent(check.name(), check);
            // Where there is no name there is no command, which has been noted.
            if (other != null && !check.name().isEmpty()) {
                problems.add(check.place() + ": the name " + Text.quote(check.name()) + " is taken by " + other.place()
                        + ", give each its own");
            }
        }
    }
}
