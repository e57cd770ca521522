package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How functions of one language are started, as Lambda's managed runtime starts them. */
public interface LocalRuntime {
    /** Whether it is this language's runtime. */
    boolean runs(String runtime);

    /**
     * What differs from the runtime that is asked for, for a person to read; empty when nothing does.
     *
     * @throws UnsupportedRuntimeException when this machine lacks what it takes
     */
    String difference(String runtime);

    /** The language's own files for a function, /var/lang on Lambda. */
    Path language(FunctionDefinition function);

    /** The runtime's command line. */
    List<String> command(FunctionDefinition function, SandboxPaths paths);

    /** Variables that belong to this language's runtimes. */
    Map<String, String> environment(String runtime);
}
