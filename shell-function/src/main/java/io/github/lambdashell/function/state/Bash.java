package io.github.lambdashell.function.state;

import java.util.HashSet;
import java.util.Set;

/**
 * Bash, whose state is options, umask, variables with all their attributes, functions, aliases. When a function has ended
 * the shell by {@code exit}, bash shows its local variables among the others, and they are carried like those.
 */
final class Bash extends Shell {
    /** Options that bash does not let anybody change, that would undo what they are captured by, or take rights away. */
    private static final Set<String> LEFT_OUT = Set.of("login_shell", "restricted_shell", "noexec", "privileged");

    Bash() {
        super("bash");
    }

    /** A DEBUG trap would write into the file. */
    @Override
    String quieting() {
        return "{ \\builtin trap - DEBUG ERR RETURN; } >/dev/null 2>&1; ";
    }

    /** Backslashes keep aliases away, {@code builtin} keeps functions away. */
    @Override
    String capture() {
        return "\\builtin printf \"%s\\0\" \"${PWD-}\""
                + "; \\builtin echo \": options\"; \\builtin set +o; \\builtin set +exuv"
                + "; \\builtin echo \": shopt\"; \\builtin shopt -p"
                + "; \\builtin echo \": umask\"; \\builtin umask -p"
                + "; \\builtin echo \": aliases\"; \\builtin alias -p"
                + "; \\builtin echo \": attributes\"; \\builtin declare -F"
                + "; \\builtin echo \": variables\"; \\builtin declare -p"
                + "; \\builtin echo \": functions\"; \\builtin declare -f"
                + "; \\builtin echo \": end\"";
    }

    @Override
    public String preparing() {
        return "shopt -s expand_aliases\n";
    }

    /**
     * The order matters: functions are parsed under the options that they were written under, but before there are
     * aliases, which they have in them already.
     */
    @Override
    String restoring(Capture capture, StartEnvironment start) {
        StringBuilder script = new StringBuilder();
        for (String line : capture.section("shopt")) {
            if (isCarried(lastWord(line))) {
                add(script, line);
            }
        }
        variables(capture, start, script);
        script.append(capture.functions);
        for (String line : capture.section("attributes")) {
            if (!line.startsWith("declare -f ")) {
                add(script, line);
            }
        }
        for (String section : new String[] {"aliases", "umask"}) {
            for (String line : capture.section(section)) {
                add(script, line);
            }
        }
        return script.toString();
    }

    @Override
    boolean isCarried(String option) {
        return !LEFT_OUT.contains(option);
    }

    private static void add(StringBuilder script, String command) {
        script.append("\\builtin ").append(command).append('\n');
    }

    private static void variables(Capture capture, StartEnvironment start, StringBuilder script) {
        Set<String> seen = new HashSet<>();
        for (String declaration : capture.section("variables")) {
            // declare -FLAGS NAME=VALUE, or without a value
            String[] words = declaration.split("[ =]", 4);
            String flags = words[1];
            String name = words[2];
            seen.add(name);
            if (StartEnvironment.isLocal(name) || declaration.equals(inSandbox(name, start))) {
                continue;
            }
            if (start.has(name) && flags.indexOf('x') < 0) {
                add(script, "unset -v " + name);
            }
            // Behind a backslash or `builtin` it would not be parsed as an assignment to an array.
            script.append(declaration).append('\n');
        }
        for (String name : start.without(seen)) {
            add(script, "unset -v " + name);
        }
    }

    /** How bash shows a variable that is still as the sandbox has it; null when the sandbox has none. */
    private static String inSandbox(String name, StartEnvironment start) {
        String value = start.sandboxValue(name);
        return value == null ? null : "declare -x " + name + "=\"" + value.replaceAll("[\\\\\"$`]", "\\\\$0") + '"';
    }
}
