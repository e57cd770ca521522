package io.github.lambdashell.check;

/**
 * Paths with wildcards, as bash expands them with the options globstar and dotglob: {@code *} matches any text and {@code ?}
 * any character of a name, {@code **} any number of directories.
 */
public final class Glob {
    private Glob() {}

    /** Returns whether a path has wildcards. */
    public static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
    }

    /** Returns a path for bash to expand, in which only {@code *} and {@code ?} are special; a path without them as it is. */
    public static String forBash(String path) {
        return isPattern(path) ? path.replaceAll("[\\[\\\\]", "[$0]").replace("[\\]", "[\\\\]") : path;
    }
}
