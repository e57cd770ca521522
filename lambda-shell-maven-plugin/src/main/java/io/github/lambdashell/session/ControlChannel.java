package io.github.lambdashell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.SideChannel;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A channel to one running command for standard input and Ctrl-C. It is a chain of objects that the function polls,
 * each with the URL of the next one (see the protocol page, "Control"). Safe for use by several threads.
 */
public final class ControlChannel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = new byte[0];
    /**
     * Maximum age of a channel for a new command: the remaining lifetime of its URLs is longer than Lambda's maximum
     * timeout.
     */
    private static final Duration FRESH = Duration.ofMinutes(4);

    private final SideChannel objects;
    private final URI url;
    private final List<Message> sent = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private String next;
    private boolean spent;

    /**
     * A message that was sent.
     *
     * @param key key of its object, not null
     * @param stdin standard input for the command, not null
     */
    private record Message(String key, byte[] stdin) {}

    public ControlChannel(SideChannel objects) {
        this.objects = objects;
        this.next = objects.newKey();
        this.url = objects.urlToGet(next);
    }

    /** Returns the URL that the function polls first. */
    public URI url() {
        return url;
    }

    /**
     * Returns whether the next command can reuse this channel: nothing was sent through it, and its URLs are valid long
     * enough. Signing a new URL would be the slowest part of a command's preparation.
     */
    public synchronized boolean servesAgain() {
        return !spent && System.nanoTime() - startNanos < FRESH.toNanos();
    }

    /** Marks the channel as used, before a message is sent, possibly after the command's end. */
    public synchronized void spend() {
        spent = true;
    }

    /** Sends standard input to the command. */
    public void stdin(byte[] bytes) {
        send(JSON.createObjectNode().put("stdin", bytes), bytes);
    }

    /** Sends the end of standard input to the command. */
    public void closeStdin() {
        send(JSON.createObjectNode().put("closeStdin", true), NOTHING);
    }

    /** Ends the command and all its processes, as Ctrl-C does. */
    public void interrupt() {
        send(JSON.createObjectNode().put("signal", "INT"), NOTHING);
    }

    private synchronized void send(ObjectNode message, byte[] stdin) {
        spent = true;
        String key = next;
        // Recorded before it is sent: even if sending is interrupted, the function reports whether the message arrived.
        sent.add(new Message(key, stdin));
        next = objects.newKey();
        message.put("next", objects.urlToGet(next).toString());
        try {
            objects.put(key, JSON.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings is always JSON", e);
        }
    }

    /**
     * Returns the standard input that did not reach the command before its end.
     *
     * @param received number of messages that the command received
     */
    public synchronized byte[] undelivered(int received) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sent.stream().skip(received).forEach(message -> bytes.writeBytes(message.stdin));
        return bytes.toByteArray();
    }

    /** Deletes the sent messages; called after the command's end. */
    @Override
    public synchronized void close() {
        objects.delete(sent.stream().map(Message::key).toList());
    }
}
