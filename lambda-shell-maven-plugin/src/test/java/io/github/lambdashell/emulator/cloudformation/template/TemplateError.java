package io.github.lambdashell.emulator.cloudformation.template;

import io.github.lambdashell.target.local.endpoint.AwsException;

/** The errors for templates that CloudFormation rejects. */
final class TemplateError {
    private TemplateError() {}

    static AwsException validation(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    /** Returns the error for an invalid structure. */
    static AwsException format(String message) {
        return validation("Template format error: " + message);
    }

    /** Returns the error for a function that can't be evaluated. */
    static AwsException function(String message) {
        return validation("Template error: " + message);
    }
}
