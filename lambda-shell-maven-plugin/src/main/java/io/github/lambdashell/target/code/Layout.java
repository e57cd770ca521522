package io.github.lambdashell.target.code;

import io.github.lambdashell.config.RuntimeFamily;

/**
 * The paths in /var/task: the project's files have their own paths, its dependencies are in {@value #LIBRARIES}, and
 * the shell is in {@value #SHELL}.
 */
final class Layout {
    /** Directory of the shell, reserved for it. */
    static final String SHELL = ".lshell/";

    static final String LIBRARIES = "lib/";

    /** Program that Lambda starts for an OS-only runtime; it belongs to the shell. */
    static final String BOOTSTRAP = "bootstrap";

    /** The project's own bootstrap, renamed because the shell's has this name. */
    static final String PROJECT_BOOTSTRAP = "bootstrap.project";

    private Layout() {}

    /** Returns the path of a project's file in the package. */
    static String projectFile(String name, RuntimeFamily family) {
        return family == RuntimeFamily.PROVIDED && name.equals(BOOTSTRAP) ? PROJECT_BOOTSTRAP : name;
    }
}
