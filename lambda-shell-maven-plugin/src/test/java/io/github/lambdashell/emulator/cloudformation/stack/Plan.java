package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;

/**
 * The planned result of an operation.
 *
 * @param spec configuration of the stack
 * @param template the configuration's template, resolved for its parameters
 * @param roleArn role for CloudFormation, null for none
 */
record Plan(StackSpec spec, ResolvedTemplate template, String roleArn) {
    /** Returns the template's description; null if it has none. */
    String description() {
        return template.template().description();
    }
}
