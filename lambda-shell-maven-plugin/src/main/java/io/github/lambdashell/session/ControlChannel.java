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
 * The way to one running command: standard input and Ctrl-C, as a chain of objects that the function polls for, each
 * with the URL of the one after it (see the protocol page, "Control"). Safe for use by several threads.
 */
public final class ControlChannel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = new byte[0];
    /** What is left of its URLs' lifetime then is more than Lambda's longest timeout. */
    private static final Duration FRESH = Duration.ofMinutes(4);

    private final SideChannel objects;
    private final URI url;
    private final List<Message> sent = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private String next;
    private boolean spent;

    /** One that was sent: its object, and what it gave the command to read. */
    private record Message(String key, byte[] stdin) {}

    public ControlChannel(SideChannel objects) {
        this.objects = objects;
        this.next = objects.newKey();
        this.url = objects.urlToGet(next);
    }

    /** Where the function is to look first. */
    public URI url() {
        return url;
    }

    /**
     * Whether the next command can have this channel too: nothing went through it, and its URLs live long enough.
     * Signing a URL takes longer than anything else that is done here for a command.
     */
    public synchronized boolean servesAgain() {
        return !spent && System.nanoTime() - startNanos < FRESH.toNanos();
    }

    /** Says that something is about to go through, which may be later than the command's end. */
    public synchronized void spend() {
        spent = true;
    }

    /** Gives the command something to read. */
    public void stdin(byte[] bytes) {
        send(JSON.createObjectNode().put("stdin", bytes), bytes);
    }

    /** Tells the command that there is no more to read. */
    public void closeStdin() {
        send(JSON.createObjectNode().put("closeStdin", true), NOTHING);
    }

    /** Ends the command and everything it started, as Ctrl-C does. */
    public void interrupt() {
        send(JSON.createObjectNode().put("signal", "INT"), NOTHING);
    }

    private synchronized void send(ObjectNode message, byte[] stdin) {
        spent = true;
        String key = next;
        // Noted first: whether it got there is for the function to say, also when sending it is broken off.
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
     * What was sent for the command to read and did not get to it before its end.
     *
     * @param received how many messages got to it
     */
    public synchronized byte[] undelivered(int received) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sent.stream().skip(received).forEach(message -> bytes.writeBytes(message.stdin));
        return bytes.toByteArray();
    }

    /** Removes what was sent; for when the command has ended. */
    @Override
    public synchronized void close() {
        objects.delete(sent.stream().map(Message::key).toList());
    }
}
