package io.github.lambdashell.target.local.isolation;

/**
 * The paths, as a sandbox's processes see them, of the folders that Lambda has at fixed places.
 *
 * @param task the function's code, /var/task on Lambda
 * @param opt the layers, /opt on Lambda
 * @param lang the language's own files, /var/lang on Lambda
 * @param tmp the writable directory, /tmp on Lambda
 */
public record SandboxPaths(String task, String opt, String lang, String tmp) {
    public static final SandboxPaths LAMBDA = new SandboxPaths("/var/task", "/opt", "/var/lang", "/tmp");

    /** Translates a path of Lambda's to a path here; returns other paths unchanged. */
    public String map(String path) {
        return replace(replace(replace(path, LAMBDA.task, task), LAMBDA.opt, opt), LAMBDA.lang, lang);
    }

    private static String replace(String path, String from, String to) {
        return path.equals(from) || path.startsWith(from + "/") ? to + path.substring(from.length()) : path;
    }
}
