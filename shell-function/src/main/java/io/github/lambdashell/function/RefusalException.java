package io.github.lambdashell.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why the function does not do what it was asked to. */
final class RefusalException extends Exception {
    private final String type;

    private RefusalException(String type, String message) {
        super(message);
        this.type = type;
    }

    /** The request is wrong. */
    static RefusalException badRequest(String problem) {
        return new RefusalException("BadRequest", problem);
    }

    /** The sandbox has nothing to run commands with. */
    static RefusalException noShell() {
        return new RefusalException("NoShell", "there is neither bash nor sh on the function's PATH");
    }

    /** The system does not start the shell. */
    static RefusalException cannotStart(String reason) {
        return new RefusalException("CannotStart", reason);
    }

    /** As the protocol's {@code error}. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("message", getMessage());
        return members;
    }
}
