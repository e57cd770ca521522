package io.github.lambdashell.target.local.function;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The functions that exist. */
public interface FunctionCatalog {
    /** Returns the function of that name; empty if there is none. */
    Optional<FunctionDefinition> get(String name) throws IOException;

    /** Returns all functions, sorted by name. */
    List<FunctionDefinition> list() throws IOException;
}
