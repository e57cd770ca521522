package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The ready-made check that TLS connections open by the function's JVM and its trust store.
 *
 * @param servers not null
 */
public record Tls(List<Server> servers) implements ReadyMade {
    /** The protocols by the names of the JDK, from the oldest to the newest. */
    public static final String[] PROTOCOLS = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};

    public Tls {
        servers = List.copyOf(servers);
    }

    /**
     * A server with expectations of its connection.
     *
     * @param address not null
     * @param protocol the expected protocol, empty for any; not null
     * @param expiresIn the expected number of days until a certificate ends, empty for any; not null
     * @param ip {@code v4} or {@code v6}, empty for both; not null
     */
    public record Server(
            Reachable.Address address,
            Optional<Comparison> protocol,
            Optional<Comparison> expiresIn,
            Optional<String> ip) {
        /** Returns a server without further expectations. */
        public static Server of(Reachable.Address address) {
            return new Server(address, Optional.empty(), Optional.empty(), Optional.empty());
        }

        private List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            protocol.ifPresent(expected -> facts.add(Fact.text("protocol of " + address, expected)));
            expiresIn.ifPresent(expected -> facts.add(Fact.quantity("expiresIn of " + address, expected, Unit.DAYS)));
            ip.ifPresent(version ->
                    facts.add(Fact.text("ip of " + address, new Comparison(List.of(Condition.equalTo(version))))));
            return facts;
        }
    }

    /**
     * Returns the condition that a protocol is within a bound.
     *
     * @param word {@code equals}, {@code ge} or {@code le}
     */
    public static Condition protocol(String word, String bound) {
        return switch (word) {
            case "equals" -> Condition.equalTo(bound);
            case "ge" -> protocol("at least ", bound, order -> order >= 0);
            case "le" -> protocol("at most ", bound, order -> order <= 0);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static Condition protocol(String words, String bound, IntPredicate order) {
        List<String> names = Arrays.asList(PROTOCOLS);
        return new Condition(words + bound, name -> order.test(names.indexOf(name) - names.indexOf(bound)));
    }

    @Override
    public String word() {
        return "tls";
    }

    @Override
    public String values() {
        return servers.stream().map(server -> server.address().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public List<Fact> facts() {
        return servers.stream().flatMap(server -> server.facts().stream()).toList();
    }

    @Override
    public String script() {
        return new Script("tls.bash")
                .set(
                        "servers",
                        servers.stream().map(Server::address).map(Tls::line).collect(Collectors.joining("\n")))
                .probe("TlsProbe", "TlsProbe$Collector")
                .text();
    }

    private static String line(Reachable.Address address) {
        return address.host() + " " + address.port() + " " + address.within().toMillis();
    }
}
