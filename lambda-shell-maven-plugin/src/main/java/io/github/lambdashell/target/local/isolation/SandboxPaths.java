package io.github.lambdashell.target.local.isolation;

/**
 * The paths, as a sandbox's processes see them, of the folders that Lambda has at fixed places.
 *
 * @param task the function's code, /var/task on Lambda
 * @param opt the layers, /opt on Lambda
 * @param lang the language's own files, /var/lang on Lambda
 * @param runtime the runtime's own files, /var/runtime on Lambda
 * @param tmp the writable directory, /tmp on Lambda
 */
public record SandboxPaths(String task, String opt, String lang, String runtime, String tmp) {
    public static final SandboxPaths LAMBDA =
            new SandboxPaths("/var/task", "/opt", "/var/lang", "/var/runtime", "/tmp");

    /** Translates a path of Lambda's to a path here; returns other paths unchanged. */
    public String map(String path) {
        String mapped = replace(replace(path, LAMBDA.task, task), LAMBDA.opt, opt);
        return replace(replace(mapped, LAMBDA.lang, lang), LAMBDA.runtime, runtime);
    }

    private static String replace(String path, String from, String to) {
        return path.equals(from) || path.startsWith(from + "/") ? to + path.substring(from.length()) : path;
    }
}
