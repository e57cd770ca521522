package io.github.lambdashell.target.code;

import io.github.lambdashell.config.RuntimeFamily;

/**
 * Where things are in /var/task: the project's files where the project has them, its dependencies in {@value
 * #LIBRARIES}, and the shell in {@value #SHELL}.
 */
final class Layout {
    /** The shell's own folder, which no project has. */
    static final String SHELL = ".lshell/";

    static final String LIBRARIES = "lib/";

    /** The program that Lambda starts for an OS-only runtime: the shell's. */
    static final String BOOTSTRAP = "bootstrap";

    /** The project's own bootstrap, renamed because the shell's has its name. */
    static final String PROJECT_BOOTSTRAP = "bootstrap.project";

    private Layout() {}

    /** Returns the path of a project's file in the package. */
    static String projectFile(String name, RuntimeFamily family) {
        return family == RuntimeFamily.PROVIDED && name.equals(BOOTSTRAP) ? PROJECT_BOOTSTRAP : name;
    }
}
