package io.github.lambdashell.check.binding;

import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds <code>${...}</code> in the commands of a POM as it is written. A shell's variable and Maven's placeholder look
 * alike there, and Maven comes first: it puts in what the build's machine has, also for {@code HOME} or {@code LANG},
 * and Maven 4 takes <code>${PATH:-x}</code> as its own too.
 */
public final class HostPlaceholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Set<String> SHELL_WORDS = Set.of("run", "setup", "teardown");

    private HostPlaceholders() {}

    /**
     * What a user should be told.
     *
     * @param raw the {@code <commands>} element before Maven has replaced anything in it
     */
    public static List<String> warnings(ConfigNode raw) {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < raw.children().size(); i++) {
            String where = raw.place() + ", command " + (i + 1);
            for (ConfigNode word : raw.children().get(i).children()) {
                if (SHELL_WORDS.contains(word.name())) {
                    Set<String> names = new LinkedHashSet<>();
                    collect(word, names);
                    names.forEach(name -> warnings.add(warning(where, word.name(), name)));
                }
            }
        }
        return warnings;
    }

    private static void collect(ConfigNode node, Set<String> names) {
        if (node.text() != null) {
            Matcher matcher = PLACEHOLDER.matcher(node.text());
            while (matcher.find()) {
                // No shell variable has a point in its name, so that one is meant for Maven.
                if (!matcher.group(1).contains(".")) {
                    names.add(matcher.group(1));
                }
            }
        }
        node.children().forEach(child -> collect(child, names));
    }

    private static String warning(String where, String word, String name) {
        String variable = name.matches("\\w+") ? "write $" + name + ", or " : "";
        return where + ": " + word + " holds ${" + name
                + "}, which Maven replaces with what this machine has before the"
                + " shell sees it; if the sandbox's is meant, " + variable
                + "move the command into a script file or the commandsFile, where nothing is replaced";
    }
}
