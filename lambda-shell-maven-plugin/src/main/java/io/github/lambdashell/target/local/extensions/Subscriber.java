package io.github.lambdashell.target.local.extensions;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An extension's subscription to telemetry: a buffer, and a thread that sends it to the extension while the sandbox runs. */
final class Subscriber implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    /** How often it looks for new lines in the log. */
    private static final long POLL_MILLIS = 25;

    private final Set<String> categories;
    private final int maxItems;
    private final int maxBytes;
    private final Duration timeout;
    private final Receiver receiver;
    private final Runnable collect;
    private final Thread thread;
    private final List<String> buffer = new ArrayList<>();
    private long bytes;
    private long sendBy;
    private boolean isActive;
    private boolean isSending;
    private boolean isFlushing;
    private boolean isClosed;

    /** Receives batches of events. */
    interface Receiver extends Closeable {
        /** @param events each as JSON */
        void send(List<String> events) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    /**
     * @param timeout the longest time that an event waits for others
     * @param collect looks for new lines in the log
     */
    Subscriber(
            String name,
            Set<String> categories,
            int maxItems,
            int maxBytes,
            Duration timeout,
            Receiver receiver,
            Runnable collect) {
        this.categories = categories;
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.receiver = receiver;
        this.collect = collect;
        this.thread = new Thread(this::run, "lshell-telemetry-" + name);
        thread.setDaemon(true);
    }

    Set<String> categories() {
        return categories;
    }

    void start() {
        thread.start();
    }

    synchronized void setActive(boolean value) {
        isActive = value;
        notifyAll();
    }

    synchronized void offer(String category, String json) {
        if (!categories.contains(category)) {
            return;
        }
        if (buffer.isEmpty()) {
            sendBy = System.nanoTime() + timeout.toNanos();
        }
        buffer.add(json);
        bytes += json.length();
    }

    /** Sends all at once. Returns when that is done or at the deadline. */
    synchronized void flush(long deadline) {
        isFlushing = true;
        notifyAll();
        try {
            while ((isSending || !buffer.isEmpty()) && !isClosed && System.nanoTime() < deadline) {
                wait(Math.max(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()), 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                List<String> batch = next();
                if (batch == null) {
                    return;
                }
                if (batch.isEmpty()) {
                    collect.run();
                } else {
                    send(batch);
                }
            }
        } catch (InterruptedException | UncheckedIOException e) {
            LOG.debug("Telemetry has ended", e);
        }
    }

    /** Returns the next batch; empty when it is time to look for lines, null at the end. */
    private synchronized List<String> next() throws InterruptedException {
        isSending = false;
        notifyAll();
        if (!isDue()) {
            wait(isActive ? POLL_MILLIS : 0);
        }
        if (isClosed) {
            return null;
        }
        if (!isDue()) {
            return List.of();
        }
        List<String> batch = List.copyOf(buffer);
        buffer.clear();
        bytes = 0;
        isSending = true;
        return batch;
    }

    private boolean isDue() {
        return isClosed
                || isActive
                        && !buffer.isEmpty()
                        && (isFlushing
                                || buffer.size() >= maxItems
                                || bytes >= maxBytes
                                || System.nanoTime() >= sendBy);
    }

    private void send(List<String> batch) {
        try {
            receiver.send(batch);
        } catch (IOException e) {
            LOG.debug("Telemetry was not received", e);
            if (batch.stream().allMatch(event -> event.contains("\"platform.logsDropped\""))) {
                return;
            }
            offer("platform", """
                    {"time":"%s","type":"platform.logsDropped","record":{"reason":"The subscriber could not be reached",\
                    "droppedRecords":%d,"droppedBytes":%d}}""".formatted(
                            Instant.now(),
                            batch.size(),
                            batch.stream().mapToInt(String::length).sum()));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
        try {
            receiver.close();
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
        }
    }

    /** Finds the address at which this process reaches the extension. */
    interface Route {
        InetSocketAddress find() throws IOException;
    }

    /**
     * A server of the extension, which gets each batch in a request of its own.
     *
     * @param path of the URL
     */
    record Http(Route route, String path) implements Receiver {
        @Override
        public void send(List<String> events) throws IOException {
            InetSocketAddress address = route.find();
            URL url = new URL("http", address.getAddress().getHostAddress(), address.getPort(), path);
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            byte[] body = ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            if (status >= HttpURLConnection.HTTP_BAD_REQUEST) {
                throw new IOException("Status " + status);
            }
        }
    }

    /** A port of the extension, which gets all events over one connection, a line each. */
    static final class Tcp implements Receiver {
        private final Route route;
        private Socket socket;

        Tcp(Route route) {
            this.route = route;
        }

        @Override
        public void send(List<String> events) throws IOException {
            if (socket == null || socket.isClosed()) {
                InetSocketAddress address = route.find();
                socket = new Socket(address.getAddress(), address.getPort());
            }
            try {
                socket.getOutputStream().write((String.join("\n", events) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
