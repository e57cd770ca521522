package io.github.lambdashell.target.code;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.RuntimeFamily;
import java.util.Map;
import java.util.TreeMap;

/**
 * The wrapper scripts of a function: the shell's, which Lambda calls with the runtime's command line, and the user's own,
 * which the shell calls in its turn when it starts the handler.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html">Modifying the runtime environment</a>
 */
public final class ExecWrapper {
    /** The variable in which Lambda finds a wrapper script. */
    public static final String VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER";
    /** The variable in which the shell finds the user's wrapper script. */
    public static final String HANDLER_VARIABLE = "LSHELL_HANDLER_WRAPPER";

    private static final String SHELL = "/var/task/" + Layout.SHELL + "wrapper";

    private ExecWrapper() {}

    /** Returns the path of the shell's wrapper script; empty if the family needs none. */
    static String of(RuntimeFamily family) {
        return switch (family) {
            case JAVA, MANAGED -> SHELL;
            case NODEJS, PROVIDED -> "";
        };
    }

    /** Returns a function's own variables as they are deployed, beside the one with the shell's wrapper script. */
    public static Map<String, String> deployed(FunctionSettings function) {
        Map<String, String> variables = new TreeMap<>(function.environmentVariables());
        if (!of(RuntimeFamily.of(function.runtime())).isEmpty() && variables.containsKey(VARIABLE)) {
            variables.put(HANDLER_VARIABLE, variables.remove(VARIABLE));
        }
        return variables;
    }

    /** Returns the own variables of a deployed function, which may be one of the shell's. */
    public static Map<String, String> own(Map<String, String> deployed) {
        Map<String, String> variables = new TreeMap<>(deployed);
        if (variables.remove(VARIABLE, SHELL) && variables.containsKey(HANDLER_VARIABLE)) {
            variables.put(VARIABLE, variables.remove(HANDLER_VARIABLE));
        }
        return variables;
    }
}
