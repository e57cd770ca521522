package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.References;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.ReferenceTexts.Found;
import io.github.lambdashell.check.golden.Redactions;
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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The checks of a goal, from its POM and its commandsFile. */
public final class CheckConfiguration {
    /** The prefix of keys that are ignored: a place for anchors. */
    private static final String EXTENSION = "x-";

    /** The key by which editors find a file's JSON Schema. */
    private static final String SCHEMA = "$schema";

    private final Settings settings;
    private final Problems problems;
    private final List<CaptureRules.Bound> checks = new ArrayList<>();

    private CheckConfiguration(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads all checks, those of the POM first.
     *
     * @param pom the parameters {@code commands} and {@code redactions} as the children of one node, empty when the POM
     *     has neither
     * @param file the commandsFile, empty when there is none
     * @param topDirectory the directory to which the places of its checks are relative, not null
     * @param settings further settings
     * @param problems collects all problems; the checks can be used only when there is none
     * @return the checks; without a problem at least one, each with a unique name
     */
    public static List<Check> read(
            Optional<ConfigNode> pom, Optional<Path> file, Path topDirectory, Settings settings, Problems problems) {
        return read(
                pom,
                configuration -> file.ifPresent(path -> configuration.addFile(
                        path, () -> ConfigFile.read(path, topDirectory, "commands", EventWords.JSON_KEYS))),
                settings,
                problems);
    }

    /** Reads all checks, where the commandsFile has another text than on disk. */
    public static List<Check> read(
            Optional<ConfigNode> pom, Path file, String text, Settings settings, Problems problems) {
        return read(
                pom,
                configuration -> configuration.addFile(
                        file, () -> ConfigFile.read(file, Path.of(""), text, "commands", EventWords.JSON_KEYS)),
                settings,
                problems);
    }

    private static List<Check> read(
            Optional<ConfigNode> pom, Consumer<CheckConfiguration> file, Settings settings, Problems problems) {
        CheckConfiguration configuration = new CheckConfiguration(settings, problems);
        pom.ifPresent(document -> configuration.add(document, settings.baseDirectory(), true));
        file.accept(configuration);
        configuration.requireUniqueNames();
        CaptureRules.check(configuration.checks, problems);
        if (configuration.checks.isEmpty() && problems.isEmpty()) {
            problems.add("No command is specified; add <commands> to the POM, or specify a commandsFile or"
                    + " -Dlshell.command='...'");
        }
        return configuration.checks.stream().map(CaptureRules.Bound::check).toList();
    }

    private void addFile(Path path, Supplier<ConfigNode> content) {
        try {
            ConfigNode file = content.get();
            List<ConfigNode> words = file.children().stream()
                    .filter(child ->
                            !child.name().startsWith(EXTENSION) && !child.name().equals(SCHEMA))
                    .toList();
            ConfigNode document = new ConfigNode(file.name(), file.text(), words, file.place());
            add(document, path.toAbsolutePath().getParent(), false);
        } catch (ShellException e) {
            problems.add(e.problem());
        }
    }

    /** Adds the checks of a document: a commandsFile, or a POM's parameters. */
    private void add(ConfigNode document, Path directory, boolean pom) {
        Scope scope = scope(directory, pom, Redactions.NONE);
        BlockReader reader = new BlockReader(document, Vocabulary.DOCUMENT, scope);
        Redactions redactions = reader.one(Vocabulary.REDACTIONS).orElse(Redactions.NONE);
        Scope commands = scope(directory, pom, redactions);
        int number = 0;
        for (ConfigNode command : reader.nodes(Vocabulary.COMMANDS)) {
            number++;
            if (!command.isEmpty()) {
                checks.add(bind(withElements(command), number, commands));
            }
        }
        if (!pom && !reader.has(Vocabulary.COMMANDS)) {
            scope.problem(document, "commands is required");
        }
    }

    private Scope scope(Path directory, boolean pom, Redactions redactions) {
        return new Scope(
                problems,
                "",
                new Scope.Source(
                        pom,
                        directory,
                        settings.baseDirectory(),
                        settings.overwrite(),
                        settings.matrix(),
                        redactions,
                        Scope.Texts.WRITTEN));
    }

    /** Reads a command. One with references is read again when their values are known. */
    private CaptureRules.Bound bind(ConfigNode command, int number, Scope scope) {
        List<Found> references = ReferenceTexts.find(command, CheckBinder.scope(command, number, scope));
        if (references.isEmpty()) {
            return new CaptureRules.Bound(new CheckBinder(command, number, scope, settings).bind(), references);
        }
        Check check = new CheckBinder(
                        ReferenceTexts.withExamples(command),
                        number,
                        scope.with(Scope.Texts.EXAMPLES, problems),
                        settings)
                .bind();
        Set<String> names = references.stream().map(Found::name).collect(Collectors.toSet());
        References resolvable = new References(names, values -> resolve(command, number, scope, values));
        return new CaptureRules.Bound(check.with(resolvable), references);
    }

    private References.Resolved resolve(ConfigNode command, int number, Scope scope, Map<String, String> values) {
        Problems unusable = new Problems();
        Check check = new CheckBinder(
                        ReferenceTexts.with(values, command),
                        number,
                        scope.with(Scope.Texts.VALUES, unusable),
                        settings)
                .bind();
        Map<String, String> variables = new HashMap<>();
        values.forEach((name, value) -> variables.put(References.variable(name), value));
        return new References.Resolved(check.withEnvironment(variables), unusable.all());
    }

    /** Returns a command that is a bare text with the element for which the text is short. */
    private static ConfigNode withElements(ConfigNode command) {
        return command.children().isEmpty()
                ? new ConfigNode(
                        command.name(),
                        null,
                        List.of(new ConfigNode(Vocabulary.RUN.name(), command.text(), List.of(), command.place())),
                        command.place())
                : command;
    }

    private void requireUniqueNames() {
        Map<String, Check> byName = new HashMap<>();
        for (CaptureRules.Bound bound : checks) {
            Check check = bound.check();
            Check other = byName.putIfAbsent(check.name(), check);
            // A check without a name has no command, which has been noted.
            if (other != null && !check.name().isEmpty()) {
                problems.add(check.place() + ": name must be unique, but " + Text.apostrophes(check.name())
                        + " is used by " + other.place());
            }
        }
    }
}
