package io.github.lambdashell.check.ready;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a TCP connection goes.
 *
 * @param host a name or an address, an IPv6 one without its brackets; not null
 * @param port 1 to 65535
 * @param within the longest that opening it may take, the look-up of the name included; not null
 */
public record Address(String host, int port, Duration within) {
    /** The longest unless said. */
    public static final Duration USUAL = Duration.ofSeconds(5);

    private static final Pattern FORM = Pattern.compile("(?:([\\w.-]+)|\\[([0-9a-fA-F:.%]+)]):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65535;

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException whose message says what would be right
     */
    public static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("write a host and a port, like db.example.com:5432");
        }
        int port = Integer.parseInt(form.group(3));
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + HIGHEST_PORT);
        }
        return new Address(form.group(1) != null ? form.group(1) : form.group(2), port, USUAL);
    }

    /** The same, with another limit. */
    public Address within(Duration limit) {
        return new Address(host, port, limit);
    }

    /** The limit as timeout(1) takes it. */
    String seconds() {
        return BigDecimal.valueOf(within.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
