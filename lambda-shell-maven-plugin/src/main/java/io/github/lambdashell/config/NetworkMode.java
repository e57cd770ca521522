package io.github.lambdashell.config;

/** The network of isolated functions. */
public enum NetworkMode {
    /** The machine's network. */
    HOST,
    /** A network of the sandbox's own, or an error if the machine does not allow it. */
    OWN,
    /** A network of the sandbox's own if the machine allows it, otherwise the machine's. */
    AUTO
}
