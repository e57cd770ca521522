package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;

/** How the processes of a sandbox are kept apart from the machine that they run on. */
interface Isolation {
    /** How far it goes, for a person to read. */
    String description();

    /** Where things will be in a sandbox. */
    SandboxPaths paths(Place place);

    /**
     * Makes a sandbox without starting the runtime in it.
     *
     * @throws IsolationRefusedException when this machine does not allow it
     */
    Container create(Place place, Launch launch, SandboxLog log) throws IOException;
}
