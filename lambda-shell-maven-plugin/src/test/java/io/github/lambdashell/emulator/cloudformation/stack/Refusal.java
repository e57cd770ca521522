package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.target.local.endpoint.AwsException;

/** The errors for operations that CloudFormation refuses to start. */
final class Refusal {
    private Refusal() {}

    static AwsException validation(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    static AwsException missing(String nameOrId) {
        return validation("Stack with id " + nameOrId + " does not exist");
    }

    static AwsException notUpdatable(Stack stack) {
        return validation("Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
    }

    /**
     * Requires that a name is valid for stacks and change sets.
     *
     * @throws AwsException 400 if it is invalid
     */
    static void checkName(String name, String member) {
        if (!StackStore.isName(name)) {
            String constraint = name.length() > 128
                    ? "Member must have length less than or equal to 128"
                    : "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
                            + (member.equals("stackName") ? "|arn:[-a-zA-Z0-9:/._+]*" : "");
            throw validation("1 validation error detected: Value '" + name + "' at '" + member
                    + "' failed to satisfy constraint: " + constraint);
        }
    }
}
