package io.github.lambdashell.target.local.isolation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runtime to start in a sandbox.
 *
 * @param command of the runtime
 * @param environment of the runtime, complete except for AWS_LAMBDA_RUNTIME_API
 * @param runtimeApi the value of AWS_LAMBDA_RUNTIME_API, a port of 127.0.0.1
 * @param hostPorts other ports of this machine's 127.0.0.1 that the function reaches on any network
 */
public record Launch(
        List<String> command, Map<String, String> environment, String runtimeApi, List<Integer> hostPorts) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Removes what the shell itself exports, of which bash needs env(1) to be rid. */
    private static final String CLEAN_SHELL = """
            unset LSHELL_ENVIRONMENT LSHELL_EXTENSIONS PWD OLDPWD SHLVL
            [ -z "$BASH_VERSION" ] || set -- "$(command -v env)" -u _ -u SHLVL "$@"
            """;

    public Launch(List<String> command, Map<String, String> environment, String runtimeApi) {
        this(command, environment, runtimeApi, List.of());
    }

    /** Returns the ports of this machine's loopback address that the function needs. */
    List<Integer> ports() {
        int api = Integer.parseInt(runtimeApi.substring(runtimeApi.lastIndexOf(':') + 1));
        return Stream.concat(Stream.of(api), hostPorts.stream()).toList();
    }

    /**
     * Returns shell commands that set the runtime's environment, for a shell that then executes "$@". Until the shell runs
     * them, PATH, LD_PRELOAD and the like have no effect, and no value is on a command line.
     *
     * @throws IllegalArgumentException when a variable has a name that Lambda does not allow
     */
    String environmentScript() {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        StringBuilder script = new StringBuilder(CLEAN_SHELL);
        variables.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a variable's name: '" + name + "'");
            }
            // "command", because a failing "export" ends the shell, and bash has variables that can't be set.
            script.append("command export ")
                    .append(name)
                    .append("='")
                    .append(value.replace("'", "'\\''"))
                    .append("' 2>/dev/null\n");
        });
        return script.toString();
    }
}
