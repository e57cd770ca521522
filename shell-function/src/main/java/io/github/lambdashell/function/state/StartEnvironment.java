package io.github.lambdashell.function.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a shell found in its environment when it started: what is still so at its end need not be carried. */
public final class StartEnvironment {
    private static final Set<String> SHELLS_OWN = Set.of((" _ BASH BASHOPTS BASHPID COLUMNS COMP_WORDBREAKS DIRSTACK"
                    + " EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD HOSTNAME HOSTTYPE LINENO LINES MACHTYPE"
                    + " OSTYPE PIPESTATUS PPID PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID _HANDLER")
            .split(" "));

    private final Map<String, String> sandbox;
    private final Set<String> names;

    /**
     * @param sandbox the function's own variables, before any change that a request asked for
     * @param names all that the shell was started with
     */
    public StartEnvironment(Map<String, String> sandbox, Set<String> names) {
        this.sandbox = sandbox;
        this.names = names;
    }

    /** Whether a variable belongs to one shell or one sandbox, whatever its value is. */
    static boolean isLocal(String name) {
        return SHELLS_OWN.contains(name) || name.startsWith("BASH_") || name.startsWith("_X_AMZN_");
    }

    /**
     * The value that the sandbox gives a variable.
     *
     * @return null when it gives none
     */
    String sandboxValue(String name) {
        return sandbox.get(name);
    }

    /** Whether the shell was started with it. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** The variables that the shell was started with, without those that it can't unset, and without {@code some}. */
    List<String> without(Set<String> some) {
        List<String> others = new ArrayList<>();
        for (String name : names) {
            if (!some.contains(name) && !isLocal(name) && name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                others.add(name);
            }
        }
        return others;
    }
}
