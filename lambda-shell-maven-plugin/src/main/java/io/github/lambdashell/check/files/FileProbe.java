package io.github.lambdashell.check.files;

/**
 * The script that examines a path. It requires only a POSIX shell and coreutils: the images of Lambda's runtimes have
 * neither find nor file. Its output is a line for each fact, an empty line, and optionally the content.
 */
final class FileProbe {
    private FileProbe() {}

    /**
     * Returns the script.
     *
     * @param path any text without NUL, also one with newlines, quotes or a leading hyphen
     * @param hash whether to add the content's SHA-256
     * @param content whether to add the content
     */
    static String script(String path, boolean hash, boolean content) {
        StringBuilder script = new StringBuilder();
        script.append("path=").append(quoted(path)).append('\n');
        // -e is false for a broken link.
        script.append("if [ -e \"$path\" ] || [ -L \"$path\" ]; then\n");
        script.append("  stat --printf='raw %f\\n' -- \"$path\" || exit\n");
        script.append(
                "  stat -L --printf='mode %a\\nowner %U\\nuid %u\\ngroup %G\\ngid %g\\nsize %s\\n' -- \"$path\"\n");
        if (hash) {
            // Reading a pipe or a device may never end.
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
