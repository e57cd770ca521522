package io.github.lambdashell.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A fault of one call. */
@FunctionalInterface
public interface Fault {
    /** The service behind the fault. */
    @FunctionalInterface
    interface Upstream {
        HttpAnswer answer(HttpCall call) throws IOException;
    }

    /** The connection to the client. */
    interface Wire {
        /**
         * Sends a response with the first bytes of its body.
         *
         * @param bodyBytes number of bytes of the body to send
         */
        void send(HttpAnswer answer, int bodyBytes) throws IOException;

        /** Resets the connection, as a crashed peer or a strict firewall does. */
        void reset() throws IOException;
    }

    void apply(HttpCall call, Upstream upstream, Wire wire) throws IOException;

    /** Returns a fault that replaces the response; the service does not receive the call. */
    static Fault answer(HttpAnswer answer) {
        return (call, upstream, wire) -> wire.send(answer, answer.body().length);
    }

    /** Returns a fault that delays the response. */
    static Fault delay(Duration delay) {
        return (call, upstream, wire) -> {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            HttpAnswer answer = upstream.answer(call);
            wire.send(answer, answer.body().length);
        };
    }

    /** Returns a fault that changes the response's body. */
    static Fault changing(UnaryOperator<byte[]> body) {
        return (call, upstream, wire) -> {
            HttpAnswer answer = upstream.answer(call);
            byte[] changed = body.apply(answer.body());
            wire.send(new HttpAnswer(answer.status(), answer.headers(), changed), changed.length);
        };
    }

    /** Returns a fault that resets the connection before the service receives the call. */
    static Fault resetBeforeItArrives() {
        return (call, upstream, wire) -> wire.reset();
    }

    /**
     * Returns a fault that resets the connection after the service has handled the call, but before its response is
     * sent.
     */
    static Fault resetBeforeTheAnswer() {
        return (call, upstream, wire) -> {
            upstream.answer(call);
            wire.reset();
        };
    }

    /** Returns a fault that resets the connection after a number of bytes of the response's body. */
    static Fault resetAfter(int bytes) {
        return (call, upstream, wire) -> {
            wire.send(upstream.answer(call), bytes);
            wire.reset();
        };
    }

    /** Returns a fault that resets the connection a number of bytes before the end of the response's body. */
    static Fault resetBeforeTheLast(int bytes) {
        return (call, upstream, wire) -> {
            HttpAnswer answer = upstream.answer(call);
            wire.send(answer, answer.body().length - bytes);
            wire.reset();
        };
    }
}
