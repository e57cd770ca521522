package io.github.lambdashell.check.binding;

import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
     * What a user should be told.
     *
     * @param raw the {@code <commands>} element before Maven has replaced anything in it
     * @param effective the one that Maven hands on
     */
    public static List<String> warnings(ConfigNode raw, ConfigNode effective) {
        Set<String> left =
                effective.children().stream().flatMap(command -> names(command)).collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        int number = 0;
        for (ConfigNode command : raw.children()) {
            String where = raw.place() + ", command " + ++number;
            command.children().stream()
                    .filter(word -> SHELL_WORDS.contains(word.name()))
                    .forEach(word -> names(word)
                            .distinct()
                            .map(name -> consequence(name, left.contains(name)))
                            .filter(consequence -> !consequence.isEmpty())
                            .forEach(
                                    consequence -> warnings.add(where + ": " + word.name() + " holds " + consequence)));
        }
        return warnings;
    }

    private static String consequence(String name, boolean left) {
        String shown = "${" + name + "}, which ";
        if (MAVENS.matcher(name).matches()) {
            return left ? shown + "no property defines, so the shell gets it as it is" : "";
        }
        String variable = name.matches("\\w+") ? "write $" + name + ", or " : "";
        return shown
                + (left
                        ? "Maven would replace where there is a property of that name; if the shell's is meant, "
                        : "Maven has replaced with what this machine has; if the sandbox's is meant, ")
                + variable + "move the command into a script file or the commandsFile, where nothing is replaced";
    }

    private static Stream<String> names(ConfigNode node) {
        Stream<String> own = Stream.ofNullable(node.text())
                .flatMap(text -> PLACEHOLDER.matcher(text).results())
                .map(found -> found.group(1));
        return Stream.concat(own, node.children().stream().flatMap(HostPlaceholders::names));
    }
}
