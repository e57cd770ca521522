package io.github.lambdashell.function;

import io.github.lambdashell.function.json.JsonReader;
import io.github.lambdashell.function.process.Interruptible;
import io.github.lambdashell.function.process.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;

/**
 * A message of the client to a running command. Each message is at a URL that the previous one contains. A URL is as good
 * as a key, so none gets into an error message or the log.
 */
final class ControlMessage {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 3000;

    /** Null for none. */
    final Signal signal;

    /** The URL of the next message; null when none follows. */
    final URL next;

    private final byte[] stdin;
    private final boolean closeStdin;

    private ControlMessage(Members members) throws RefusalException {
        stdin = members.bytes("stdin");
        closeStdin = members.flag("closeStdin");
        signal = signal(members.text("signal"));
        next = members.has("next") ? url(members.text("next")) : null;
    }

    /**
     * Fetches a message.
     *
     * @return null when it is not there yet; S3 says so with 404 or 403, and what else goes wrong may go right next time
     */
    static ControlMessage fetch(URL url) {
        try {
            byte[] body = body(url);
            return body == null ? null : new ControlMessage(Members.of(JsonReader.read(body), "a message"));
        } catch (IOException | ParseException | RefusalException e) {
            return null;
        }
    }

    /** Returns the object at a URL; null when it is not there. */
    static byte[] body(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setUseCaches(false);
        boolean there = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        InputStream in = there ? connection.getInputStream() : connection.getErrorStream();
        // Read to its end the stream is closed, and the connection serves again.
        byte[] body = in == null ? new byte[0] : in.readAllBytes();
        return there ? body : null;
    }

    /** @throws RefusalException when it is not a URL over HTTP */
    static URL url(String text) throws RefusalException {
        try {
            URL url = new URL(String.valueOf(text));
            if (url.getProtocol().startsWith("http")) {
                return url;
            }
        } catch (MalformedURLException e) {
            // Its message would hold the URL.
        }
        throw RefusalException.badRequest("`control` needs the `url` of an object, over http or https");
    }

    private static Signal signal(String name) throws RefusalException {
        try {
            return name == null ? null : Signal.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw RefusalException.badRequest("`signal` must be INT, TERM or KILL");
        }
    }

    /**
     * Feeds the command's standard input.
     *
     * @return false when the command had ended before
     */
    boolean feed(Interruptible command) {
        boolean fed = command.feed(stdin);
        if (closeStdin) {
            command.endInput();
        }
        return fed;
    }
}
