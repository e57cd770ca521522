package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The start of one language's functions, as Lambda's managed runtime starts them. */
public interface LocalRuntime {
    /** Returns whether this is the runtime's language. */
    boolean runs(String runtime);

    /**
     * Describes the difference from the requested runtime for a person; empty when there is none.
     *
     * @throws UnsupportedRuntimeException when a required program is missing on this machine
     */
    String difference(String runtime);

    /**
     * Returns why this machine does not have the version of the language, and the remedy; empty if it has.
     *
     * @throws UnsupportedRuntimeException when a required program is missing on this machine
     */
    Optional<String> missing(String runtime);

    /** Returns the folder with the language's own files for a function, /var/lang on Lambda. */
    Path language(FunctionDefinition function);

    /**
     * Returns the folder with the runtime's own files, /var/runtime on Lambda; empty when there are none, or when they are
     * already there.
     */
    default Optional<Path> files(StateDirectory state) throws IOException {
        return Optional.empty();
    }

    /**
     * Returns the runtime's command line.
     *
     * @param layers where the content of /opt is
     */
    List<String> command(FunctionDefinition function, Optional<Path> layers, SandboxPaths paths);

    /** Returns why the command can't be started, in Lambda's words; empty if it can. */
    default Optional<String> invalidEntrypoint(FunctionDefinition function, Optional<Path> layers) {
        return Optional.empty();
    }

    /** Returns the variables of this language's runtimes. */
    Map<String, String> environment(String runtime);
}
