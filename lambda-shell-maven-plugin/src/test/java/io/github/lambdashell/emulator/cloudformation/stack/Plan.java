package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.emulator.cloudformation.template.ResolvedTemplate;

/**
 * What an operation makes of a stack.
 *
 * @param spec what the stack is to be
 * @param template the spec's, for its parameters
 * @param roleArn the role that CloudFormation is asked to work under, null for none
 */
record Plan(StackSpec spec, ResolvedTemplate template, String roleArn) {
    /** Null where the template has none. */
    String description() {
        return template.template().description();
    }
}
