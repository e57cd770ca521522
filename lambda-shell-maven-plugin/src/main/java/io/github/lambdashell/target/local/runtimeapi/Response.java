package io.github.lambdashell.target.local.runtimeapi;

import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A function's answer as it arrives: read by one thread, which slows the function's sending when it is slow itself.
 * About 256 KB are held at most.
 */
public final class Response {
    private static final long PAUSE_ABOVE = 256 * 1024;
    private static final long RESUME_BELOW = 64 * 1024;

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final AtomicLong held = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Channel sender;

    /** What an answer consists of: a start unless it failed before, any number of chunks, an end. */
    public sealed interface Part permits Start, Chunk, End {}

    /**
     * The function has begun to answer.
     *
     * @param streaming whether in the streaming mode
     * @param contentType what the function says of its answer, not null
     */
    public record Start(boolean streaming, String contentType) implements Part {}

    /**
     * Some bytes of the answer.
     *
     * @param bytes at least one; not to be changed
     */
    public record Chunk(byte[] bytes) implements Part {}

    /**
     * Nothing comes after it.
     *
     * @param failure empty when the answer is whole
     */
    public record End(Optional<Failure> failure) implements Part {}

    /** Waits for the next part. */
    public Part take() throws InterruptedException {
        Part part = parts.take();
        if (part instanceof Chunk chunk && held.addAndGet(-chunk.bytes().length) < RESUME_BELOW) {
            resume();
        }
        return part;
    }

    /**
     * Ends the answer with a failure, unless it has ended already.
     *
     * @return whether it had not ended
     */
    public boolean fail(Failure failure) {
        return end(Optional.of(failure));
    }

    void start(Channel sender, boolean streaming, String contentType) {
        this.sender = sender;
        parts.add(new Start(streaming, contentType));
    }

    void chunk(byte[] bytes) {
        if (bytes.length == 0 || ended.get()) {
            return;
        }
        parts.add(new Chunk(bytes));
        if (held.addAndGet(bytes.length) > PAUSE_ABOVE && !paused.get()) {
            sender.config().setAutoRead(false);
            // Only from here on may the reader resume it, so that no pause comes after its resumption.
            paused.set(true);
            if (held.get() < RESUME_BELOW) {
                resume();
            }
        }
    }

    void complete() {
        end(Optional.empty());
    }

    private boolean end(Optional<Failure> failure) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        parts.add(new End(failure));
        return true;
    }

    private void resume() {
        if (paused.compareAndSet(true, false)) {
            sender.config().setAutoRead(true);
        }
    }
}
