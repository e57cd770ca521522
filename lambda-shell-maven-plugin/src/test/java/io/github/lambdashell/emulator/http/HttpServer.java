package io.github.lambdashell.emulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on 127.0.0.1 at a free port and gives each request to a worker thread. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final HttpDecoderConfig LIMITS = new HttpDecoderConfig()
            .setMaxInitialLineLength(16 * 1024)
            .setMaxHeaderSize(64 * 1024)
            .setMaxChunkSize(64 * 1024);

    private static final int MOST_CONNECTIONS = 1024;

    /** How long a connection may go without a request that is trusted. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What handles requests. Called on a worker thread. */
    @FunctionalInterface
    public interface Handler {
        /** Answers one request. An exchange that is left without the end of its answer breaks the connection. */
        void handle(HttpExchange exchange) throws IOException;
    }

    private final Handler handler;
    private final ExecutorService workers =
            Executors.newCachedThreadPool(new DefaultThreadFactory("lshell-endpoint-worker", true));
    private final EventLoopGroup loops = new NioEventLoopGroup(2, new DefaultThreadFactory("lshell-endpoint-io", true));
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final Channel listener;

    /**
     * Starts listening.
     *
     * @throws IOException when no port could be bound
     */
    public HttpServer(Handler handler) throws IOException {
        this(handler, MOST_CONNECTIONS, PATIENCE, ByteBufAllocator.DEFAULT);
    }

    HttpServer(Handler handler, int mostConnections, Duration patience, ByteBufAllocator memory) throws IOException {
        this.handler = handler;
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        try {
            listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.ALLOCATOR, memory)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.AUTO_READ, false)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childOption(
                            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(128 * 1024, 512 * 1024))
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            if (connections.size() >= mostConnections) {
                                channel.close();
                                return;
                            }
                            connections.add(channel);
                            channel.pipeline()
                                    .addLast(new HttpServerCodec(LIMITS))
                                    .addLast(new FlowControlHandler())
                                    .addLast(new ConnectionHandler(HttpServer.this::dispatch, patience));
                        }
                    })
                    .bind(new InetSocketAddress(loopback, 0))
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            shutDown();
            throw new IOException("can't listen on 127.0.0.1", e);
        }
    }

    /** The port that was found free. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private void dispatch(HttpExchange exchange) {
        try {
            workers.execute(() -> run(exchange));
        } catch (RejectedExecutionException e) {
            // The server is closing.
            exchange.abandon();
        }
    }

    private void run(HttpExchange exchange) {
        try {
            handler.handle(exchange);
        } catch (IOException e) {
            LOG.debug("{} {} ended early", exchange.method(), exchange.path(), e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
        } finally {
            exchange.end();
        }
    }

    /** Stops listening, breaks what is open, and waits for the end of its threads. Once more does nothing. */
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly();
        shutDown();
    }

    private void awaitWorkers() {
        try {
            if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.debug("A request is still being worked on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutDown() {
        workers.shutdownNow();
        // First, for an answer that a worker still writes needs the other threads to fail in order.
        awaitWorkers();
        // Waited for: Maven closes the class loader after the goal, and a thread that still ends then finds no classes.
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
