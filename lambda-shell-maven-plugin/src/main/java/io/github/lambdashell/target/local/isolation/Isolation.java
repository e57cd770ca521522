package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;

/** A way to keep the processes of a sandbox apart from the machine that they run on. */
interface Isolation {
    /** Describes the degree of isolation for a person. */
    String description();

    /** Returns the paths inside a sandbox. */
    SandboxPaths paths(SandboxLayout layout);

    /**
     * Creates a sandbox without starting the runtime in it.
     *
     * @param isProven whether this machine is known to allow this isolation; otherwise this method waits until it has
     *     proved so
     * @throws IsolationRefusedException when this machine does not allow it
     */
    Container create(SandboxLayout layout, Launch launch, SandboxLog log, boolean isProven) throws IOException;
}
