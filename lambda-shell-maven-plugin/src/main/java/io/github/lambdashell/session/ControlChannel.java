package io.github.lambdashell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to one running command: standard input and Ctrl-C, as a chain of objects that the function polls for, each
 * with the URL of the one after it (see the protocol page, "Control"). Safe for use by several threads.
 */
public final class ControlChannel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SessionObjects objects;
    private final URI url;
    private final List<String> sent = new ArrayList<>();
    private String next;

    public ControlChannel(SessionObjects objects) {
        this.objects = objects;
        this.next = objects.newKey();
        this.url = objects.urlToGet(next);
    }

    /** Where the function is to look first. */
    public URI url() {
        return url;
    }

    /** Gives the command something to read. */
    public void stdin(byte[] bytes) {
        send(JSON.createObjectNode().put("stdin", bytes));
    }

    /** Tells the command that there is no more to read. */
    public void closeStdin() {
        send(JSON.createObjectNode().put("closeStdin", true));
    }

    /** Ends the command and everything it started, as Ctrl-C does. */
    public void interrupt() {
        send(JSON.createObjectNode().put("signal", "INT"));
    }

    private synchronized void send(ObjectNode message) {
        String key = next;
        next = objects.newKey();
        message.put("next", objects.urlToGet(next).toString());
        try {
            objects.put(key, JSON.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings is always JSON", e);
        }
        sent.add(key);
    }

    /** Removes what was sent; for when the command has ended. */
    @Override
    public synchronized void close() {
        objects.delete(sent);
        sent.clear();
    }
}
