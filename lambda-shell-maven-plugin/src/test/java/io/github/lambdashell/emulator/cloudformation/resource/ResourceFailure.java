package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.UUID;

/** A resource that could not be made, changed or removed; its message is the event's reason. */
public final class ResourceFailure extends Exception {
    /** @param reason in CloudFormation's words */
    public ResourceFailure(String reason) {
        super(reason, null, false, false);
    }

    /**
     * A service's refusal, in CloudFormation's words.
     *
     * @param service such as {@code Lambda}
     * @param status its HTTP status
     * @param handlerErrorCode such as {@code InvalidRequest}, {@code AlreadyExists}
     */
    static ResourceFailure of(String service, int status, String message, String handlerErrorCode) {
        return new ResourceFailure("Resource handler returned message: \"" + message + " (Service: " + service
                + ", Status Code: " + status + ", Request ID: " + UUID.randomUUID() + ")\" (RequestToken: "
                + UUID.randomUUID() + ", HandlerErrorCode: " + handlerErrorCode + ")");
    }
}
