package io.github.lambdashell.check.binding;

import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds <code>${...}</code> in the commands of a POM as it is written. A shell's variable and Maven's placeholder look
 * alike there, and Maven comes first: it puts in what the build's machine has, also for {@code HOME} or {@code LANG},
 * and Maven 4 takes <code>${PATH:-x}</code> as its own too.
 */
public final class HostPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    /** No shell variable has a point in its name, so that one is meant for Maven. */
    private static final Pattern MAVENS = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");

    private static final Set<String> SHELL_WORDS = Set.of("run", "setup", "teardown");

    private HostPlaceholders() {}

    /**
     * What a user should be told of placeholders that the shell will not see.
     *
     * @param raw the {@code <commands>} element before Maven has replaced anything in it
     */
    public static List<String> replaced(ConfigNode raw) {
        return warnings(raw, name -> !MAVENS.matcher(name).matches(), name -> {
            String variable = name.matches("\\w+") ? "write $" + name + ", or " : "";
            return ", which Maven replaces with what this machine has before the shell sees it; if the sandbox's is"
                    + " meant, " + variable
                    + "move the command into a script file or the commandsFile, where nothing is replaced";
        });
    }

    /**
     * What a user should be told of placeholders that Maven should have replaced and could not.
     *
     * @param commands the {@code <commands>} element after Maven has replaced what it can
     */
    public static List<String> undefined(ConfigNode commands) {
        return warnings(
                commands,
                name -> MAVENS.matcher(name).matches(),
                name -> ", which no property defines, so the shell gets it as it is");
    }

    private static List<String> warnings(
            ConfigNode commands, Predicate<String> isMeant, UnaryOperator<String> consequence) {
        List<String> warnings = new ArrayList<>();
        int number = 0;
        for (ConfigNode command : commands.children()) {
            String where = commands.place() + ", command " + ++number;
            for (ConfigNode word : command.children()) {
                if (SHELL_WORDS.contains(word.name())) {
                    names(word)
                            .filter(isMeant)
                            .distinct()
                            .forEach(name -> warnings.add(
                                    where + ": " + word.name() + " holds ${" + name + "}" + consequence.apply(name)));
                }
            }
        }
        return warnings;
    }

    private static Stream<String> names(ConfigNode node) {
        Stream<String> own = Stream.ofNullable(node.text())
                .flatMap(text -> PLACEHOLDER.matcher(text).results())
                .map(found -> found.group(1));
        return Stream.concat(own, node.children().stream().flatMap(HostPlaceholders::names));
    }
}
