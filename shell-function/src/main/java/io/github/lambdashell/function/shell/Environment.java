package io.github.lambdashell.function.shell;

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
     * Makes a new process' environment the function's own.
     *
     * @param environment as {@link ProcessBuilder#environment} gives it: what is not touched keeps its bytes
     */
    static void makeFunctions(Map<String, String> environment) {
        String original = environment.remove(ORIGINAL_LC_ALL);
        if (original != null && original.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (original != null) {
            environment.put("LC_ALL", original.substring(1));
        }
    }
}
