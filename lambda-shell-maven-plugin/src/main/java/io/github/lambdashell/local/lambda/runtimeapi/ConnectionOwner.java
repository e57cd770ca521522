package io.github.lambdashell.local.lambda.runtimeapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells whether a connection over loopback comes from a process of the same user. The Runtime API has no
 * authentication, and whoever reaches it can answer in the function's place.
 *
 * <p>On Linux the kernel's socket tables name the owner of the other end. Other systems have no such table to read
 * without privileges: there every local connection is accepted.
 */
final class ConnectionOwner {
    private static final Path[] TABLES = {Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")};

    private final boolean tablesExist;
    private final String userId;

    private ConnectionOwner(boolean tablesExist, String userId) {
        this.tablesExist = tablesExist;
        this.userId = userId;
    }

    static ConnectionOwner ofThisSystem() {
        if (!Files.isReadable(TABLES[0])) {
            return new ConnectionOwner(false, "");
        }
        try {
            return new ConnectionOwner(
                    true, Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param peer the end that connected
     * @param local the end that was connected to
     */
    boolean isThisUser(InetSocketAddress peer, InetSocketAddress local) {
        if (!tablesExist) {
            return true;
        }
        String peerPort = port(peer);
        String localPort = port(local);
        for (Path table : TABLES) {
            if (Files.isReadable(table) && holds(table, peerPort, localPort)) {
                return true;
            }
        }
        return false;
    }

    /** A line's columns, from proc(5): number, local address:port, remote address:port, state, ..., the eighth its uid. */
    private boolean holds(Path table, String peerPort, String localPort) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .anyMatch(columns -> columns.length > 7
                            && isLoopback(columns[1], peerPort)
                            && isLoopback(columns[2], localPort)
                            && columns[7].equals(userId));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** 127.0.0.1 is written as a number in the machine's byte order, in tcp6 with the prefix of a mapped address. */
    private static boolean isLoopback(String addressAndPort, String port) {
        return addressAndPort.endsWith("0100007F:" + port) || addressAndPort.endsWith("7F000001:" + port);
    }

    private static String port(InetSocketAddress address) {
        return String.format(Locale.ROOT, "%04X", address.getPort());
    }
}
