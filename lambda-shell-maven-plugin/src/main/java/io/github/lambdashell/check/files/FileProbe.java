package io.github.lambdashell.check.files;

/**
 * The script that tells about one path. It needs a POSIX shell and coreutils, no more: the images of Lambda's runtimes
 * have no find and no file. Facts come first, a line each, then an empty line, then the content where it is asked for.
 */
final class FileProbe {
    private FileProbe() {}

    /**
     * @param path any text without NUL, also one with newlines, quotes or a leading hyphen
     * @param hash whether the content's SHA-256 is wanted
     * @param content whether the content is wanted
     */
    static String script(String path, boolean hash, boolean content) {
        StringBuilder script = new StringBuilder();
        script.append("path=").append(quoted(path)).append('\n');
        // A link that points nowhere fails -e.
        script.append("if [ -e \"$path\" ] || [ -L \"$path\" ]; then\n");
        script.append("  stat --printf='raw %f\\n' -- \"$path\" || exit\n");
        script.append(
                "  stat -L --printf='mode %a\\nowner %U\\nuid %u\\ngroup %G\\ngid %g\\nsize %s\\n' -- \"$path\"\n");
        if (hash) {
            // Reading a pipe or a device might never end.
            script.append(
                    "  if [ -f \"$path\" ]; then sum=$(sha256sum < \"$path\") && echo \"sha256 ${sum%% *}\"; fi\n");
        }
        script.append("else\n  echo absent\nfi\necho\n");
        if (content) {
            script.append("[ ! -f \"$path\" ] || cat -- \"$path\"\n");
        }
        return script.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
