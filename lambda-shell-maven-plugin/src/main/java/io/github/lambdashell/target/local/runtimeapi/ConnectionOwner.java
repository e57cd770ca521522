package io.github.lambdashell.target.local.runtimeapi;

import io.github.lambdashell.target.local.isolation.HostUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells whether a connection over loopback comes from a process of the same user, or of the one that functions run as. The
 * Runtime API has no authentication, and whoever reaches it can answer in the function's place.
 *
 * <p>On Linux the kernel's socket tables name the owner of the other end. Other systems have no such table to read
 * without privileges: there every local connection is accepted.
 */
final class ConnectionOwner {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    /** A table that changes while it is read may come without a line that was there all the time. */
    private static final int MOST_LOOKS = 3;

    /** The kernel keeps nobody's name for a connection that has ended. */
    private static final String TIME_WAIT = "06";

    private final Tables tables;
    private final Set<String> userIds;

    /** Where connections are listed. */
    @FunctionalInterface
    interface Tables {
        /** The lines that may be wanted, of all tables; empty when there are no tables. */
        List<String> lines(Predicate<String> mayBeWanted) throws IOException;
    }

    /**
     * @param tables read at each look
     * @param userIds as they write them; none to accept every connection
     */
    ConnectionOwner(Tables tables, Set<String> userIds) {
        this.tables = tables;
        this.userIds = userIds;
    }

    static ConnectionOwner ofThisSystem() {
        if (!Files.isReadable(TABLES.get(0))) {
            return new ConnectionOwner(mayBeWanted -> List.of(), Set.of());
        }
        return new ConnectionOwner(ConnectionOwner::read, HostUsers.ofFunctions());
    }

    /** A busy machine has tens of thousands of lines: they are looked at as they come. */
    private static List<String> read(Predicate<String> mayBeWanted) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    lines.filter(mayBeWanted).forEach(found::add);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return found;
    }

    /**
     * @param peer the end that connected
     * @param local the end that was connected to
     */
    boolean isFunctions(InetSocketAddress peer, InetSocketAddress local) {
        if (userIds.isEmpty()) {
            return true;
        }
        for (int look = 0; look < MOST_LOOKS; look++) {
            List<String> owners = owners(port(peer), port(local));
            if (!owners.isEmpty()) {
                return owners.stream().anyMatch(userIds::contains);
            }
        }
        return false;
    }

    /** A line's columns, from proc(5): number, local address:port, remote address:port, state, ..., the eighth its uid. */
    private List<String> owners(String peerPort, String localPort) {
        try {
            return tables.lines(line -> line.contains(peerPort) && line.contains(localPort)).stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > 7
                            && isLoopback(columns[1], peerPort)
                            && isLoopback(columns[2], localPort)
                            && !columns[3].equals(TIME_WAIT))
                    .map(columns -> columns[7])
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** 127.0.0.1 is written as a number in the machine's byte order, in tcp6 with the prefix of a mapped address. */
    private static boolean isLoopback(String addressAndPort, String port) {
        return addressAndPort.endsWith("0100007F" + port) || addressAndPort.endsWith("7F000001" + port);
    }

    private static String port(InetSocketAddress address) {
        return String.format(Locale.ROOT, ":%04X", address.getPort());
    }
}
