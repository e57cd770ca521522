package io.github.lambdashell.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why the function does not do what it was asked to. */
final class RefusalException extends Exception {
    private final String type;

    /** @param type the protocol's {@code error.type}: {@code BadRequest}, {@code NoShell} or {@code CannotStart} */
    RefusalException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** The request is wrong. */
    static RefusalException badRequest(String problem) {
        return new RefusalException("BadRequest", problem);
    }

    /** As the protocol's {@code error}. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("message", getMessage());
        return members;
    }
}
