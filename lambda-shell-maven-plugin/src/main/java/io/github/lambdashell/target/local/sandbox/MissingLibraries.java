package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.ShellException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A runtime that the system's loader could not start. It has nothing to do with the function, so it is told as what it
 * is, where Lambda would only know an exit status.
 */
final class MissingLibraries {
    /** What glibc's loader says, and a shell or env where the loader itself is missing. */
    private static final Pattern LOADERS_WORDS =
            Pattern.compile("error while loading shared libraries|version `\\w+_[\\d.]+' not found"
                    + "|/var/lang/\\S+: (No such file|not found|cannot execute)|can't execute '/var/lang/");

    private MissingLibraries() {}

    /**
     * Looks at what a runtime wrote that ended before it asked for its first event.
     *
     * @throws ShellException when it lacked libraries
     */
    static void throwIfNamed(byte[] log) {
        new String(log, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> LOADERS_WORDS.matcher(line).find())
                .findFirst()
                .ifPresent(line -> {
                    throw new ShellException(
                            "The function's runtime can't start in the sandbox: " + line.strip(),
                            "With lshell.local.rootfs, this machine's JDK or Node needs the libraries it was built for; "
                                    + "name a root file system that has them, or one with a runtime of its own in "
                                    + "/var/lang, as AWS's base images have");
                });
    }
}
