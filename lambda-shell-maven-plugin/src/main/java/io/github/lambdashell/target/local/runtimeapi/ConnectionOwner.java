package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a connection over loopback comes from a sandbox's own processes. The Runtime API has no authentication,
 * and whoever reaches it can take the function's event and answer in its place.
 *
 * <p>On Linux, /proc names the socket at the other end and the sockets of each process (proc(5)). On other systems every
 * local connection is accepted.
 */
public interface ConnectionOwner {
    /**
     * @param peer the end that connected
     * @param local the end that was connected to
     */
    boolean isOwn(InetSocketAddress peer, InetSocketAddress local);

    /**
     * Returns the owner that is the tree of a process.
     *
     * @param rootPid returns the sandbox's first process; asked at each connection
     * @param strays returns the sandbox's processes outside of that tree
     */
    static ConnectionOwner processTree(LongSupplier rootPid, Supplier<List<Long>> strays) {
        return Files.isReadable(ProcessTreeOwner.TABLES.get(0))
                ? new ProcessTreeOwner(rootPid, strays)
                : (peer, local) -> true;
    }
}

final class ProcessTreeOwner implements ConnectionOwner {
    /** Runtimes on the JVM use sockets of IPv6 also for addresses of IPv4. */
    static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    /** A table that changes while it is read may come without a line that was there all the time. */
    private static final int MAX_ATTEMPTS = 10;

    /** The pause before another attempt: what changes a table or a list on a busy machine goes on for a while. */
    private static final long PAUSE_NANOS = 1_000_000;

    /**
     * At most one line. The kernel looks through all of its hash table, which takes milliseconds, to fill a larger
     * buffer than the lines that there are.
     */
    private static final int READ_BYTES = 128;

    /** The inode of a socket that its process has closed. */
    private static final String CLOSED = "0";

    private final LongSupplier rootPid;
    private final Supplier<List<Long>> strays;
    private volatile int table;

    ProcessTreeOwner(LongSupplier rootPid, Supplier<List<Long>> strays) {
        this.rootPid = rootPid;
        this.strays = strays;
    }

    @Override
    public boolean isOwn(InetSocketAddress peer, InetSocketAddress local) {
        // Columns: number, local address:port, remote address:port, state, queues, timer, retransmits, uid, timeout,
        // inode. 127.0.0.1 is a number in the machine's byte order, in tcp6 the end of a mapped address.
        Pattern line = Pattern.compile(String.format(
                Locale.ROOT,
                " \\S*(?:0100007F|7F000001):%04X \\S*(?:0100007F|7F000001):%04X (?:\\S+ +){6}(\\d+) ",
                peer.getPort(),
                local.getPort()));
        for (int i = 0; i < MAX_ATTEMPTS * TABLES.size(); i++) {
            try {
                Optional<String> inode = inode(TABLES.get(table), line);
                if (inode.isPresent()) {
                    return !inode.get().equals(CLOSED) && isHeld("socket:[" + inode.get() + "]");
                }
            } catch (IOException e) {
                // A machine without IPv6 has one table only.
            }
            table = (table + 1) % TABLES.size();
            if (i >= TABLES.size()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return false;
    }

    /** Looks again, because a list of children lacks some if others end while it is read (proc(5)). */
    private boolean isHeld(String socket) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            if (isHeldBelow(rootPid.getAsLong(), socket)
                    || strays.get().stream().anyMatch(pid -> holds(process(pid), socket))) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private static Optional<String> inode(Path table, Pattern line) throws IOException {
        try (InputStream in = Files.newInputStream(table)) {
            StringBuilder lines = new StringBuilder();
            byte[] bytes = new byte[READ_BYTES];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                lines.append(new String(bytes, 0, count, US_ASCII));
                Matcher matcher = line.matcher(lines);
                if (matcher.find()) {
                    return Optional.of(matcher.group(1));
                }
                lines.delete(0, lines.lastIndexOf("\n") + 1);
            }
            return Optional.empty();
        }
    }

    private static boolean isHeldBelow(long pid, String socket) {
        Path process = process(pid);
        if (holds(process, socket)) {
            return true;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                // Children belong to the thread that started them.
                for (String child :
                        Files.readString(thread.resolve("children"), US_ASCII).split(" ")) {
                    if (!child.isEmpty() && isHeldBelow(Long.parseLong(child), socket)) {
                        return true;
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended.
        }
        return false;
    }

    private static Path process(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isLinkTo(descriptor, socket)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It has ended, or is closing the descriptor.
        }
        return false;
    }

    private static boolean isLinkTo(Path descriptor, String socket) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (AccessDeniedException e) {
            // Root without CAP_SYS_PTRACE sees the descriptors of the sandbox's user but not what they are, and has to
            // accept every connection.
            return true;
        }
    }
}
