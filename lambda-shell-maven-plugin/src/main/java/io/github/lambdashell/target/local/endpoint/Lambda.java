package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.http.Service;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lambda as the endpoint has it: answers the requests of its API, and ends what it runs when it is closed. */
public interface Lambda extends Service, Closeable {
    /**
     * How far functions are kept apart from this machine, for a person to read, such as "full, by bubblewrap".
     *
     * @return empty before the first sandbox, which shows what the machine allows
     */
    Optional<String> isolation();

    /**
     * Makes the layers of a function ready, and says which of them it will be without.
     *
     * @param arns of the layers' versions
     * @throws io.github.lambdashell.config.ShellException when what stands for one of them can't be read
     */
    void requireLayers(List<String> arns) throws IOException;

    /** Ends the idle sandboxes of a function that has been deleted. */
    void forget(String functionName);
}
