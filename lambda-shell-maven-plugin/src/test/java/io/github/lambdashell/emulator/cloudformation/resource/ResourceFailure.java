package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.UUID;

/** A failure to create, update or delete a resource; the message is the reason in the event. */
public final class ResourceFailure extends Exception {
    /**
     * Creates a failure.
     *
     * @param reason reason in CloudFormation's form
     */
    public ResourceFailure(String reason) {
        super(reason, null, false, false);
    }

    /**
     * Returns the failure for an error of a service, in CloudFormation's form.
     *
     * @param service such as {@code Lambda}
     * @param status HTTP status of the error
     * @param handlerErrorCode such as {@code InvalidRequest} or {@code AlreadyExists}
     */
    static ResourceFailure of(String service, int status, String message, String handlerErrorCode) {
        return new ResourceFailure("Resource handler returned message: \"" + message + " (Service: " + service
                + ", Status Code: " + status + ", Request ID: " + UUID.randomUUID() + ")\" (RequestToken: "
                + UUID.randomUUID() + ", HandlerErrorCode: " + handlerErrorCode + ")");
    }
}
