package io.github.lambdashell.target.local.runtimeapi;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens Runtime APIs; all of them share its two threads. */
public final class RuntimeApiServer implements AutoCloseable {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 64 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;

    private final EventLoopGroup eventLoops =
            new NioEventLoopGroup(2, new DefaultThreadFactory("lshell-runtime-api", true));
    private final ConnectionOwner connectionOwner = ConnectionOwner.ofThisSystem();

    /**
     * Opens a Runtime API on a free port of 127.0.0.1.
     *
     * @param listener told of what the runtime does outside of invocations, on a thread that must not block
     */
    public RuntimeApi open(RuntimeApi.Listener listener) throws IOException {
        RuntimeApi api = new RuntimeApi(listener);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (!connectionOwner.isFunctions(channel.remoteAddress(), channel.localAddress())) {
                            channel.close();
                            return;
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK),
                                        new HttpServerExpectContinueHandler(),
                                        new RuntimeApiHandler(api));
                    }
                });
        ChannelFuture bound = bootstrap
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("The Runtime API found no port on 127.0.0.1", bound.cause());
        }
        Channel server = bound.channel();
        api.bound(server);
        return api;
    }

    /** Waits for the end of its threads: without their class loader, which Maven closes, they could not end. */
    @Override
    public void close() {
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
