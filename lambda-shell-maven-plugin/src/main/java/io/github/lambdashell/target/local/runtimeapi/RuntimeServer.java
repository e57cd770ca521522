package io.github.lambdashell.target.local.runtimeapi;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of a Runtime API and its connections, served by the calling thread.
 *
 * <p>Used by one thread at a time, except for {@link #processHasEnded} and {@link #abort}.
 */
final class RuntimeServer implements Closeable {
    static final Duration NO_LIMIT = Duration.ofDays(365);

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeServer.class);
    private static final int BACKLOG = 128;

    private final ConnectionOwner owner;
    private final Handler receiver;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
    /** Connections that can be read from or written to, and that the selector does not watch meanwhile. */
    private final Set<RuntimeConnection> ready = new LinkedHashSet<>();

    private volatile boolean hasProcessEnded;
    private volatile boolean isAborted;
    private volatile boolean isStopped;
    private long deadline;

    /** Handles what a connection has sent. */
    interface Handler {
        void handle(RuntimeConnection connection) throws IOException, HttpException;
    }

    /** Serves the runtime until its work is done. */
    interface Serving {
        RuntimeApi.End serve() throws IOException;
    }

    /** Ends serving from within a wait for bytes. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final RuntimeApi.End end;

        /** @param end null for an interruption */
        StoppedException(RuntimeApi.End end) {
            super(null, null, false, false);
            this.end = end;
        }
    }

    /**
     * Opens a free port of 127.0.0.1.
     *
     * @param owner decides who may connect
     * @param receiver handles connections that have sent something, or were closed
     */
    RuntimeServer(ConnectionOwner owner, Handler receiver) throws IOException {
        this.owner = owner;
        this.receiver = receiver;
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /**
     * Closes the connections of the previous process.
     *
     * @throws IOException if the server has been stopped
     */
    void reset() throws IOException {
        if (isStopped) {
            throw new IOException("The sandbox has been closed");
        }
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof RuntimeConnection connection) {
                connection.close();
            }
        }
        ready.clear();
        hasProcessEnded = false;
        isAborted = false;
    }

    /** Tells the serving thread that the process has ended. What the process sent before is still served. */
    void processHasEnded() {
        hasProcessEnded = true;
        selector.wakeup();
    }

    /** Makes the serving thread look again whether its work is done, from any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Goes on with the connections after the end of the process, or after {@link #abort}. */
    void resume() {
        hasProcessEnded = false;
        isAborted = false;
    }

    boolean hasProcessEnded() {
        return hasProcessEnded;
    }

    /** Ends serving at once, in any thread. */
    void abort() {
        isAborted = true;
        selector.wakeup();
    }

    /** Ends serving for good, in any thread; the port and the connections stay open until {@link #close}. */
    void stop() {
        isStopped = true;
        selector.wakeup();
    }

    /** Runs {@code serving}, and returns its result or why it was stopped. */
    static RuntimeApi.End serve(Serving serving) throws InterruptedException {
        try {
            return serving.serve();
        } catch (StoppedException e) {
            if (e.end == null) {
                throw new InterruptedException();
            }
            return e.end;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            // Closed by another thread.
            return RuntimeApi.End.ABORTED;
        } catch (IOException e) {
            throw new IllegalStateException("The Runtime API can't be served", e);
        }
    }

    /** Serves the requests that have arrived, without waiting. */
    void serveArrived() throws IOException {
        deadline = System.nanoTime() + NO_LIMIT.toNanos();
        while (select(false) > 0 || !ready.isEmpty()) {
            serveReady();
        }
    }

    void serveUntil(BooleanSupplier isDone, Duration limit) throws IOException {
        deadline = System.nanoTime() + limit.toNanos();
        while (!isDone.getAsBoolean()) {
            boolean isLast = hasProcessEnded;
            if (ready.isEmpty() && select(true) == 0 && isLast) {
                throw new StoppedException(RuntimeApi.End.PROCESS_ENDED);
            }
            serveReady();
        }
    }

    /**
     * Looks for connections that are new or ready.
     *
     * @param isPatient whether to wait for one; not after the process's end
     * @return how many there are
     */
    private int select(boolean isPatient) throws IOException {
        if (isAborted || isStopped) {
            throw new StoppedException(RuntimeApi.End.ABORTED);
        }
        if (Thread.interrupted()) {
            throw new StoppedException(null);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new StoppedException(RuntimeApi.End.TIME_LIMIT);
        }
        int count = isPatient && !hasProcessEnded
                ? selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1)
                : selector.selectNow();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof RuntimeConnection connection) {
                connection.watchFor(0);
                ready.add(connection);
            } else {
                accept();
            }
        }
        selector.selectedKeys().clear();
        return count;
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        try {
            if (owner.isOwn(
                    (InetSocketAddress) channel.getRemoteAddress(), (InetSocketAddress) channel.getLocalAddress())) {
                new RuntimeConnection(this, channel, selector);
            } else {
                LOG.debug("Connection of another process refused: {}", channel);
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
            channel.close();
        }
    }

    /** Waits until a connection can be read from or written to, or the process has ended; others wait meanwhile. */
    void await(RuntimeConnection connection, int operation) throws IOException {
        connection.watchFor(operation);
        while (!ready.remove(connection) && !hasProcessEnded) {
            select(true);
        }
    }

    private void serveReady() throws IOException {
        if (!ready.isEmpty()) {
            RuntimeConnection connection = ready.iterator().next();
            ready.remove(connection);
            handle(connection, receiver);
        }
    }

    /** Returns whether a connection has sent something, or was closed; if so, it is not served for that. */
    boolean takeReady(RuntimeConnection connection) {
        return ready.remove(connection);
    }

    /** Runs a handler; the connection is closed if that fails, and watched again otherwise. */
    void handle(RuntimeConnection connection, Handler handler) throws IOException {
        try {
            handler.handle(connection);
        } catch (HttpException | MalformedChunkCodingException e) {
            refuseMalformed(connection);
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
            connection.close();
        }
        if (connection.isOpen()) {
            if (connection.hasBufferedInput()) {
                ready.add(connection);
            } else {
                connection.watchFor(SelectionKey.OP_READ);
            }
        }
    }

    private static void refuseMalformed(RuntimeConnection connection) throws IOException {
        try {
            connection.sendError("400 Bad Request", "InvalidRequest", "Malformed HTTP request");
        } catch (IOException e) {
            LOG.debug("Connection lost", e);
        }
        connection.close();
    }

    /** Closes the port and all connections; a thread that serves them returns. */
    @Override
    public void close() throws IOException {
        stop();
        if (selector.isOpen()) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
