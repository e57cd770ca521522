package io.github.lambdashell.console.command;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The prompts of {@code read -p}. bash shows them only if its input is a terminal, and that of a command is a pipe. A
 * command that contains one gets a function {@code read} that shows it, which the shell's state leaves out.
 */
final class ReadPrompts {
    private static final Pattern READ = Pattern.compile("\\bread\\s[^\n;|&]*?-[a-zA-Z]*p");

    /**
     * Shows nothing if the input is a file. The pause lets earlier output arrive first, which can be in another pipe. A
     * subshell keeps the names of the variables out of the way of those that are read.
     */
    private static final String FUNCTION = "() { if [[ -p /dev/stdin ]]; then (__lshell_prompt= OPTIND=1;"
            + " while getopts :a:d:ei:n:N:p:rst:u: __lshell_option; do case $__lshell_option in"
            + " p) __lshell_prompt=$OPTARG ;; u) exit ;; esac; done;"
            + " [[ -z $__lshell_prompt ]] || { command sleep 0.05; builtin printf %s \"$__lshell_prompt\"; } >&2);"
            + " fi; builtin read \"$@\"; }";

    private ReadPrompts() {}

    /** Returns the variables with which a command shows its prompts; empty if it has none. */
    static Optional<Map<String, String>> environment(String command) {
        return READ.matcher(command).find() ? Optional.of(Map.of("BASH_FUNC_read%%", FUNCTION)) : Optional.empty();
    }
}
