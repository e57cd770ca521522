package io.github.lambdashell.emulator;

import io.github.lambdashell.emulator.http.Service;
import java.io.Closeable;
import java.util.Optional;

/** Lambda as the endpoint has it: answers the requests of its API, and ends what it runs when it is closed. */
public interface Lambda extends Service, Closeable {
    /**
     * How far functions are kept apart from this machine, for a person to read, such as "full, by bubblewrap".
     *
     * @return empty before the first sandbox, which shows what the machine allows
     */
    Optional<String> isolation();

    /** Ends the idle sandboxes of a function that has been deleted. */
    void forget(String functionName);
}
