package io.github.lambdashell.function;

import io.github.lambdashell.function.json.JsonException;
import io.github.lambdashell.function.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;

/**
 * A chain of messages, each at a URL that the one before names. Whoever knows a URL can read the message, so none ever
 * gets into a message of ours or a log.
 */
final class Mailbox {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 3000;

    /** Where the next message will be; null when none follows. */
    private URL next;

    /** @throws RefusalException when it is not a URL over HTTP */
    Mailbox(String first) throws RefusalException {
        next = url(first);
    }

    /** Whether messages may still come. */
    boolean isOpen() {
        return next != null;
    }

    /**
     * Looks for the next message.
     *
     * @return null when it is not there yet; S3 says so with 404 or 403, and what else goes wrong may go right next time
     */
    ControlMessage fetch() {
        try {
            HttpURLConnection connection = (HttpURLConnection) next.openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setUseCaches(false);
            boolean there = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream in = there ? connection.getInputStream() : connection.getErrorStream()) {
                // Read to the end, so that the connection serves again.
                byte[] body = in == null ? new byte[0] : in.readAllBytes();
                return there ? message(body) : null;
            }
        } catch (IOException | JsonException | RefusalException e) {
            return null;
        }
    }

    private ControlMessage message(byte[] body) throws JsonException, RefusalException {
        ControlMessage message = new ControlMessage(Members.of(JsonReader.read(body), "a message"));
        next = message.next == null ? null : url(message.next);
        return message;
    }

    private static URL url(String text) throws RefusalException {
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
}
