package io.github.lambdashell.function.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** What commands find in their environment: the function's own, without what is there for this process only. */
final class Environment {
    /**
     * Set by the wrapper script, which gives this process a locale of its own: empty when LC_ALL was not set, otherwise
     * {@code =} and what it was.
     */
    static final String ORIGINAL_LC_ALL = "_LSHELL_LC_ALL";

    /** Marks the processes of one invocation. */
    static final String TRACE_ID = "_X_AMZN_TRACE_ID";

    private Environment() {}

    /**
     * Makes a new process' environment a command's.
     *
     * @param environment as {@link ProcessBuilder#environment} gives it: what is not touched keeps its bytes
     * @param changes a null value removes a variable
     * @param traceId the invocation's
     * @return the changes that can't be made this way, since Java would harm their characters
     */
    static Map<String, String> prepare(Map<String, String> environment, Map<String, String> changes, String traceId) {
        String original = environment.remove(ORIGINAL_LC_ALL);
        if (original != null) {
            change(environment, "LC_ALL", original.isEmpty() ? null : original.substring(1));
        }
        Map<String, String> left = new LinkedHashMap<>();
        changes.forEach((name, value) -> {
            if (value == null || Encoding.passes(value)) {
                change(environment, name, value);
            } else {
                left.put(name, value);
            }
        });
        environment.put(TRACE_ID, traceId);
        return left;
    }

    private static void change(Map<String, String> environment, String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }
}
