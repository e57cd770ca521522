package io.github.lambdashell.config;

import java.util.Arrays;
import java.util.Locale;

/** The mode in which CloudFormation creates and deletes stacks. */
public enum DeploymentMode {
    /** Express mode for temporary stacks, standard mode for others. */
    AUTO,
    /** CloudFormation waits until all resources are stable. */
    STANDARD,
    /** CloudFormation waits until the configuration of all resources is applied. */
    EXPRESS;

    /**
     * Parses the goals' parameter.
     *
     * @param problems receives a problem if there is no such mode
     */
    public static DeploymentMode of(String text, Problems problems) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    problems.add(
                            "deploymentMode (lshell.deploymentMode) must be 'auto', 'standard' or 'express', but is '"
                                    + text + "'");
                    return AUTO;
                });
    }
}
