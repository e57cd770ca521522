package io.github.lambdashell.check.binding;

import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Warnings of <code>${...}</code> in the commands of a POM. A shell's variable and a Maven placeholder look alike there,
 * and Maven replaces it first, with the build machine's value for {@code HOME} or {@code LANG}. Maven 4 replaces
 * <code>${PATH:-x}</code> too.
 */
public final class HostPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?!\\{)([^}]*)}");
    /** A name with a dot is not a shell variable, so the placeholder is meant for Maven. */
    private static final Pattern MAVENS = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");

    private HostPlaceholders() {}

    /**
     * Returns the warnings.
     *
     * @param raw the {@code <commands>} element before Maven has replaced placeholders
     * @param effective the element afterwards
     */
    public static List<String> warnings(ConfigNode raw, ConfigNode effective) {
        Set<String> left =
                effective.children().stream().flatMap(command -> names(command)).collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        int number = 0;
        for (ConfigNode command : raw.children()) {
            String where = raw.place() + ", command " + ++number;
            Stream<ConfigNode> texts = command.children().isEmpty()
                    ? Stream.of(command)
                    : command.children().stream().filter(word -> isShellText(word.name()));
            texts.forEach(word -> names(word)
                    .distinct()
                    .map(name -> consequence(name, left.contains(name)))
                    .filter(consequence -> !consequence.isEmpty())
                    .forEach(consequence -> warnings.add(where + ": " + word.name() + " contains " + consequence)));
        }
        return warnings;
    }

    private static boolean isShellText(String name) {
        return Vocabulary.COMMAND
                .word(name)
                .filter(word -> word.value() == Value.SHELL_TEXT)
                .isPresent();
    }

    private static String consequence(String name, boolean left) {
        String shown = "${" + name + "}, which ";
        if (MAVENS.matcher(name).matches()) {
            return left ? "${" + name + "}, but no such property is defined; the shell gets it unchanged" : "";
        }
        String variable = name.matches("\\w+") ? "write $" + name + ", or " : "";
        return shown
                + (left
                        ? "Maven replaces if such a property is defined; to use the shell's, "
                        : "Maven has replaced with the build machine's value; to use the sandbox's, ")
                + variable + "move the command to a script file or the commandsFile";
    }

    private static Stream<String> names(ConfigNode node) {
        Stream<String> own = Stream.ofNullable(node.text())
                .flatMap(text -> PLACEHOLDER.matcher(text).results())
                .map(found -> found.group(1));
        return Stream.concat(own, node.children().stream().flatMap(HostPlaceholders::names));
    }
}
