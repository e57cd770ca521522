package io.github.lambdashell.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** A failure of the function itself, which the result reports. */
final class RefusalException extends Exception {
    private final String type;

    /** @param type the protocol's {@code error.type}: {@code BadRequest}, {@code NoShell} or {@code CannotStart} */
    RefusalException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** Returns the failure of a wrong request. */
    static RefusalException badRequest(String problem) {
        return new RefusalException("BadRequest", problem);
    }

    /** Returns the protocol's {@code error}. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("message", getMessage());
        return members;
    }
}
