package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.golden.Redactions;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.tree.ConfigFile;
import io.github.lambdashell.config.tree.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A ready-made check as it is typed at the prompt: its name and its values, with the vocabulary of a commandsFile. */
public final class TypedCheck {
    private static final String PLACE = ":check";

    private TypedCheck() {}

    /** Returns the names of the ready-made checks. */
    public static List<String> names() {
        return Vocabulary.readyMade().stream()
                .<String>map(term -> term.word().name())
                .toList();
    }

    /**
     * Reads a ready-made check.
     *
     * @param name its name
     * @param flow the values as a block or a list of YAML, {@code {address: 'db:5432'}}; empty for single values
     * @param values single values, not used with {@code flow}
     * @throws ShellException if there is no such check, or something is wrong with its values
     */
    public static ReadyMade read(String name, String flow, List<String> values) {
        Term<?, ReadyMade> term = Vocabulary.readyMade().stream()
                .filter(candidate -> candidate.word().name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (flow.isEmpty() && values.isEmpty() && !term.word().value().mayBeEmpty()) {
            throw new ShellException(
                    name + " requires a value",
                    term.word()
                            .doc()
                            .replaceFirst("^Instead of run: ", "It checks: ")
                            .replaceFirst("\\.$", ""));
        }
        List<ConfigNode> written = flow.isEmpty()
                ? values.stream().map(value -> node(name, value, List.of())).toList()
                : placed(ConfigFile.parse(PLACE, name + ": " + flow, name, Set.of())
                        .children());
        ConfigNode node = node(PLACE, null, written.isEmpty() ? List.of(node(name, null, List.of())) : written);
        Problems problems = new Problems();
        Path directory = Path.of("").toAbsolutePath();
        Scope scope = new Scope(
                problems,
                "",
                new Scope.Source(false, directory, directory, false, false, Redactions.NONE, Scope.Texts.WRITTEN));
        Block block = new Block(PLACE, "A ready-made check.", List.of(term.word()), Block.Limits.NONE);
        List<ReadyMade> checks =
                term.read(new BlockReader(node, block, scope)).limit(1).toList();
        if (!problems.isEmpty() || checks.isEmpty()) {
            throw new ShellException(String.join("\n", problems.all()), "Correct it and type the check again");
        }
        return checks.get(0);
    }

    private static ShellException unknown(String name) {
        return new ShellException(
                (name.isEmpty() ? "The name of a check is missing" : "unknown check " + Text.apostrophes(name))
                        + Suggestion.ending(name, names(), ""),
                "The checks are " + String.join(", ", names()));
    }

    private static ConfigNode node(String name, String text, List<ConfigNode> children) {
        return new ConfigNode(name, text, children, PLACE);
    }

    /** Returns the nodes without their positions, which are not those in the typed line. */
    private static List<ConfigNode> placed(List<ConfigNode> nodes) {
        return nodes.stream()
                .map(node -> node(node.name(), node.text(), placed(node.children())))
                .toList();
    }
}
