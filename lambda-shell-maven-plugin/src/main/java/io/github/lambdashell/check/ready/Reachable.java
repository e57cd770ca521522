package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ready-made check that TCP connections open.
 *
 * @param addresses the addresses of the servers, not null
 */
public record Reachable(List<Address> addresses) implements ReadyMade {
    public Reachable {
        addresses = List.copyOf(addresses);
    }

    /**
     * The address of a TCP connection.
     *
     * @param host a name or an address, an IPv6 one without its brackets; not null
     * @param port 1 to 65535
     * @param within the maximum time to open it, the look-up of the name included; not null
     */
    public record Address(String host, int port, Duration within) {
        private static final Duration DEFAULT_WITHIN = Duration.ofSeconds(5);
        private static final Pattern FORM = Pattern.compile("(?:([\\w.-]+)|\\[([0-9a-fA-F:.%]+)]):(\\d{1,5})");
        private static final int MAX_PORT = 65535;

        /**
         * Parses {@code host:port}.
         *
         * @throws IllegalArgumentException whose message follows the element's name
         */
        public static Address parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "must be a host and a port such as db.example.com:5432, but is " + Text.apostrophes(text));
            }
            int port = Integer.parseInt(form.group(3));
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException(
                        "must have a port from 1 to " + MAX_PORT + ", but is " + Text.apostrophes(text));
            }
            return new Address(form.group(1) != null ? form.group(1) : form.group(2), port, DEFAULT_WITHIN);
        }

        /** Returns the same address with another limit. */
        public Address within(Duration limit) {
            return new Address(host, port, limit);
        }

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }

        private String script() {
            return new Script("reachable.bash")
                    .set("host", host)
                    .set("port", String.valueOf(port))
                    .set(
                            "within",
                            BigDecimal.valueOf(within.toMillis(), 3)
                                    .stripTrailingZeros()
                                    .toPlainString())
                    .text();
        }
    }

    @Override
    public String word() {
        return "reachable";
    }

    @Override
    public String values() {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String script() {
        return addresses.stream().map(Address::script).collect(Collectors.joining("\n"));
    }
}
