package io.github.lambdashell.target.local.runtimeapi;

import io.netty.handler.codec.http.HttpHeaders;

/** What becomes of the body of one request to the Runtime API, as it arrives. */
interface RequestBody {
    /** Between requests. */
    RequestBody NONE = ending(() -> {});

    /** Some bytes of it, perhaps none. */
    void content(byte[] bytes);

    /** It is whole. The request must now be answered. */
    void end(HttpHeaders trailers);

    /** The connection broke before it was whole. */
    void broken();

    /** Reads nothing of the body; acts when all of it has come. */
    static RequestBody ending(Runnable action) {
        return new RequestBody() {
            @Override
            public void content(byte[] bytes) {
                // A request without a body, or one that is refused.
            }

            @Override
            public void end(HttpHeaders trailers) {
                action.run();
            }

            @Override
            public void broken() {
                // Nobody is left to answer.
            }
        };
    }

    /** Gives a fixed answer when the body has come. */
    static RequestBody answering(RuntimeApiHandler handler, Answer answer) {
        return ending(() -> handler.send(answer));
    }
}
