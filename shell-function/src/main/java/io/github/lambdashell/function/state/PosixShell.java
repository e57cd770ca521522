package io.github.lambdashell.function.state;

import java.util.HashSet;
import java.util.Set;

/**
 * A shell that knows no more than POSIX asks for (dash, busybox), whose state is options, umask, variables and aliases.
 * Functions it doesn't tell.
 */
final class PosixShell extends Shell {
    private static final Set<String> LEFT_OUT = Set.of("interactive", "stdin", "noexec", "privileged", "debug");

    PosixShell() {
        super("sh");
    }

    @Override
    String quieting() {
        return "";
    }

    @Override
    String capture() {
        return "printf \"%s\\0\" \"${PWD-}\""
                + "; echo \": options\"; set +o; set +exuv"
                + "; echo \": umask\"; umask"
                + "; echo \": aliases\"; alias"
                + "; echo \": exports\"; export -p"
                + "; echo \": variables\"; set"
                + "; echo \": functions\""
                + "; echo \": end\"";
    }

    @Override
    public String preparing() {
        return "";
    }

    @Override
    String restoring(Capture capture, StartEnvironment start) {
        StringBuilder script = new StringBuilder();
        Set<String> exported = new HashSet<>();
        for (String export : capture.section("exports")) {
            // export NAME='VALUE', or without a value
            exported.add(export.split("[ =]", 3)[1]);
        }
        Set<String> seen = new HashSet<>();
        for (String assignment : capture.section("variables")) {
            String name = assignment.substring(0, assignment.indexOf('='));
            seen.add(name);
            boolean isExported = exported.contains(name);
            if (StartEnvironment.isLocal(name) || isExported && assignment.equals(inSandbox(name, start))) {
                continue;
            }
            if (isExported) {
                script.append("export ");
            } else if (start.has(name)) {
                script.append("unset ").append(name).append('\n');
            }
            script.append(assignment).append('\n');
        }
        for (String name : start.without(seen)) {
            script.append("unset ").append(name).append('\n');
        }
        for (String alias : capture.section("aliases")) {
            script.append("alias ").append(alias).append('\n');
        }
        for (String mask : capture.section("umask")) {
            script.append("umask ").append(mask).append('\n');
        }
        return script.toString();
    }

    @Override
    boolean isCarried(String option) {
        return !LEFT_OUT.contains(option);
    }

    /** How the shell shows a variable that is still as the sandbox has it; null when the sandbox has none. */
    private static String inSandbox(String name, StartEnvironment start) {
        String value = start.sandboxValue(name);
        return value == null ? null : name + '=' + quote(value);
    }
}
