package io.github.lambdashell.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What goes wrong with one call. */
@FunctionalInterface
public interface Fault {
    /** The service behind the fault. */
    @FunctionalInterface
    interface Upstream {
        HttpAnswer answer(HttpCall call) throws IOException;
    }

    /** The connection to the client. */
    interface Wire {
        /** Sends the answer, as many bytes of its body as are wanted. */
        void send(HttpAnswer answer, int bodyBytes) throws IOException;

        /** Breaks the connection, as a crashed peer or a strict firewall does. */
        void reset() throws IOException;
    }

    void apply(HttpCall call, Upstream upstream, Wire wire) throws IOException;

    /** Another answer; the service never sees the call. */
    static Fault answer(HttpAnswer answer) {
        return (call, upstream, wire) -> wire.send(answer, answer.body().length);
    }

    /** The right answer, but late. */
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

    /** The right answer, with another body. */
    static Fault changing(UnaryOperator<byte[]> body) {
        return (call, upstream, wire) -> {
            HttpAnswer answer = upstream.answer(call);
            byte[] changed = body.apply(answer.body());
            wire.send(new HttpAnswer(answer.status(), answer.headers(), changed), changed.length);
        };
    }

    /** Broken before the service saw the call. */
    static Fault resetBeforeItArrives() {
        return (call, upstream, wire) -> wire.reset();
    }

    /** Broken after the service did what it was asked, before a byte of its answer. */
    static Fault resetBeforeTheAnswer() {
        return (call, upstream, wire) -> {
            upstream.answer(call);
            wire.reset();
        };
    }

    /** Broken in the body of the answer, after so many bytes of it. */
    static Fault resetAfter(int bytes) {
        return (call, upstream, wire) -> {
            wire.send(upstream.answer(call), bytes);
            wire.reset();
        };
    }

    /** Broken in the body of the answer, so many bytes before its end. */
    static Fault resetBeforeTheLast(int bytes) {
        return (call, upstream, wire) -> {
            HttpAnswer answer = upstream.answer(call);
            wire.send(answer, answer.body().length - bytes);
            wire.reset();
        };
    }
}
