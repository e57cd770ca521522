package io.github.lambdashell.target.local.runtimeapi;

/** What the Runtime API answers to a runtime, apart from events. */
record Answer(int status, String json) {
    static final Answer ACCEPTED = new Answer(202, "{\"status\":\"OK\"}\n");

    static Answer badRequest() {
        return error(400, "InvalidRequest", "Malformed HTTP request");
    }

    static Answer invalidResponseMode() {
        return error(400, "InvalidFunctionResponseMode", "Invalid function response mode");
    }

    static Answer unknownRequestId() {
        return error(403, "InvalidRequestID", "Invalid request ID");
    }

    /** @param message why the request is not for now; needs no escaping */
    static Answer invalidState(String message) {
        return error(403, "InvalidStateTransition", message);
    }

    static Answer notFound() {
        return error(404, "NotFound", "No such operation of the Runtime API");
    }

    static Answer tooLarge(long limit) {
        return error(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (" + limit + " bytes).");
    }

    /** Neither word needs escaping: they are ours. */
    private static Answer error(int status, String type, String message) {
        return new Answer(status, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n");
    }
}
