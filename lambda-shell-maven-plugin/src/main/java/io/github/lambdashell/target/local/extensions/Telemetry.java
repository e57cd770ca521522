package io.github.lambdashell.target.local.extensions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.lambdashell.target.local.isolation.Container;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The Telemetry API of one sandbox: extensions subscribe during the initialization, and receive what the platform reports
 * and what the function and its extensions write. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-api-reference.html">Telemetry API reference</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Event schema reference</a>
 */
public final class Telemetry {
    private static final Set<String> VERSIONS = Set.of("2022-07-01", "2022-12-13", "2025-01-29");
    private static final Set<String> CATEGORIES = Set.of("platform", "function", "extension");
    private static final Set<String> HOSTS = Set.of("sandbox.localdomain", "sandbox", "127.0.0.1", "localhost");

    private static final int HTTP_PORT = 80;

    private final SandboxLog log;
    /** What has happened during the initialization, for those who subscribe later. */
    private final List<Event> early = new ArrayList<>();

    private final List<Subscriber> subscribers = new ArrayList<>();
    private boolean isOpen;
    private boolean isActive;
    /** Null until it has been created. */
    private volatile Container sandbox;

    /** @param record makes the event's content, which costs nothing where nobody subscribes */
    private record Event(Instant time, String type, Supplier<? extends JsonNode> record) {
        String category() {
            int dot = type.indexOf('.');
            return dot < 0 ? type : type.substring(0, dot);
        }

        String json() {
            ObjectNode json = Json.object().put("time", Json.time(time)).put("type", type);
            return json.<ObjectNode>set("record", record.get()).toString();
        }
    }

    public Telemetry(SandboxLog log) {
        this.log = log;
    }

    /** Sets the sandbox in which the extensions run. */
    void runIn(Container container) {
        sandbox = container;
    }

    /** Begins an initialization. */
    void begin() {
        end();
        synchronized (this) {
            isOpen = true;
        }
    }

    /** Ends all subscriptions. */
    void end() {
        List<Subscriber> ended;
        synchronized (this) {
            isOpen = false;
            early.clear();
            ended = List.copyOf(subscribers);
            subscribers.clear();
        }
        if (!ended.isEmpty()) {
            ended.forEach(Subscriber::close);
            unfollow();
        }
    }

    /** Without this object's lock: the log holds its own while it passes lines on. */
    private void unfollow() {
        try {
            log.unfollow();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    /** The initialization has ended. */
    synchronized void closeSubscriptions() {
        isOpen = false;
        early.clear();
    }

    /** Sets whether the sandbox runs; a frozen one could not receive anything. */
    public synchronized void setActive(boolean value) {
        isActive = value;
        for (Subscriber subscriber : subscribers) {
            subscriber.setActive(value);
        }
    }

    /** Reports an event of the platform. */
    public void platform(String type, Supplier<? extends JsonNode> content) {
        if (hasSubscribers()) {
            // What the function has written before comes before.
            log.collect();
        }
        add(new Event(Instant.now(), type, content));
    }

    private synchronized boolean hasSubscribers() {
        return !subscribers.isEmpty();
    }

    private void line(boolean isOfExtension, String line) {
        add(new Event(Instant.now(), isOfExtension ? "extension" : "function", () -> TextNode.valueOf(line)));
    }

    private synchronized void add(Event event) {
        if (isOpen) {
            early.add(event);
        }
        if (!subscribers.isEmpty()) {
            String json = event.json();
            subscribers.forEach(subscriber -> subscriber.offer(event.category(), json));
        }
    }

    /** Passes on all that there is, as soon as possible, and waits until that is done. */
    void flush(Duration limit) {
        List<Subscriber> current;
        synchronized (this) {
            current = List.copyOf(subscribers);
        }
        if (!current.isEmpty()) {
            log.collect();
        }
        long deadline = System.nanoTime() + limit.toNanos();
        current.forEach(subscriber -> subscriber.flush(deadline));
    }

    /**
     * Adds a subscription.
     *
     * @param body the request's
     * @return why it can't be; empty if it is added
     */
    Optional<String> subscribe(String name, byte[] body) throws IOException {
        Subscriber subscriber;
        try {
            subscriber = read(name, Json.MAPPER.readTree(body));
        } catch (InvalidException e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of("The body is not JSON");
        }
        boolean isFirst;
        synchronized (this) {
            isFirst = subscribers.isEmpty();
            subscribers.add(subscriber);
            early.forEach(event -> subscriber.offer(event.category(), event.json()));
            subscriber.setActive(isActive);
        }
        subscriber.start();
        if (isFirst) {
            log.follow(this::line);
        }
        platform("platform.telemetrySubscription", () -> {
            ObjectNode content = Json.object().put("name", name).put("state", "Subscribed");
            subscriber.categories().forEach(content.putArray("types")::add);
            return content;
        });
        return Optional.empty();
    }

    private static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    private Subscriber read(String name, JsonNode body) throws InvalidException {
        require(
                VERSIONS.contains(body.path("schemaVersion").asText()),
                "schemaVersion must be one of " + String.join(", ", new TreeSet<>(VERSIONS)));
        Set<String> types = new TreeSet<>();
        body.path("types").forEach(type -> types.add(type.asText()));
        require(
                !types.isEmpty() && CATEGORIES.containsAll(types),
                "types must be some of " + String.join(", ", new TreeSet<>(CATEGORIES)));
        JsonNode buffering = body.path("buffering");
        return new Subscriber(
                name,
                types,
                number(buffering, "maxItems", 1000, 1000, 10_000),
                number(buffering, "maxBytes", 256 * 1024, 256 * 1024, 1024 * 1024),
                Duration.ofMillis(number(buffering, "timeoutMs", 100, 25, 30_000)),
                receiver(body.path("destination")),
                log::collect);
    }

    private Subscriber.Receiver receiver(JsonNode destination) throws InvalidException {
        String protocol = destination.path("protocol").asText();
        if (protocol.equals("TCP")) {
            int port = destination.path("port").asInt();
            require(port > 0 && port < 65_536, "destination.port must be 1 to 65535");
            return new Subscriber.Tcp(() -> sandbox.address(port));
        }
        require(protocol.equals("HTTP"), "destination.protocol must be HTTP or TCP");
        try {
            URI uri = new URI(destination.path("URI").asText());
            require(
                    uri.getHost() != null && HOSTS.contains(uri.getHost()),
                    "destination.URI must be of the form http://sandbox.localdomain:PORT");
            int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
            return new Subscriber.Http(() -> sandbox.address(port), uri.getRawPath());
        } catch (URISyntaxException e) {
            throw new InvalidException("destination.URI is no URI");
        }
    }

    private static int number(JsonNode buffering, String name, int defaultValue, int min, int max)
            throws InvalidException {
        int value = buffering.path(name).asInt(defaultValue);
        require(value >= min && value <= max, "buffering." + name + " must be " + min + " to " + max);
        return value;
    }

    private static void require(boolean isValid, String message) throws InvalidException {
        if (!isValid) {
            throw new InvalidException(message);
        }
    }
}
