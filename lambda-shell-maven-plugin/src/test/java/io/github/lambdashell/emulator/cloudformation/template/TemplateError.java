package io.github.lambdashell.emulator.cloudformation.template;

import io.github.lambdashell.target.local.endpoint.AwsException;

/** The words for a template that CloudFormation refuses. */
final class TemplateError {
    private TemplateError() {}

    static AwsException validation(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    /** Something is not where it should be, or what it should be. */
    static AwsException format(String message) {
        return validation("Template format error: " + message);
    }

    /** A function can't be evaluated. */
    static AwsException function(String message) {
        return validation("Template error: " + message);
    }
}
