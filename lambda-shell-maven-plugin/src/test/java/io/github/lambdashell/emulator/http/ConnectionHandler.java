package io.github.lambdashell.emulator.http;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection: requests one after the other, each handed to a worker as soon as its head is here. All methods run on
 * the connection's event loop. Nothing is read from the socket but what {@code ctx.read()} asks for, one HTTP object at
 * a time (there is a flow control handler below).
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    /** So much of a body that nobody wanted is read to keep the connection; beyond that it is closed. */
    private static final long DISCARD_LIMIT_BYTES = 16L << 20;

    private final Consumer<HttpExchange> workers;
    private final Duration patience;
    private ChannelHandlerContext context;
    private HttpExchange exchange;
    private RequestBody body;
    private volatile boolean continueAwaited;
    private boolean responseDone;
    private boolean inputEnded;
    private long discarded;
    private volatile boolean trusted;

    /**
     * @param workers runs an exchange on another thread
     * @param patience how long the connection may go without a request that is trusted
     */
    ConnectionHandler(Consumer<HttpExchange> workers, Duration patience) {
        this.workers = workers;
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        Future<?> timer = ctx.executor().schedule(this::closeUnlessTrusted, patience.toMillis(), TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
        ctx.read();
    }

    /** Other users of the machine may connect too: they can't hold connections for ever. */
    private void closeUnlessTrusted() {
        if (!trusted) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        HttpObject object = (HttpObject) message;
        if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(object);
            refuse(object.decoderResult().cause());
            return;
        }
        if (object instanceof HttpRequest request) {
            begin(request);
        }
        if (object instanceof HttpContent content) {
            receive(content);
        }
    }

    private void begin(HttpRequest request) {
        RequestHead head;
        try {
            head = RequestHead.of(request.method().name(), request.uri(), headers(request));
        } catch (AwsException e) {
            refuse(e);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        continueAwaited = HttpUtil.is100ContinueExpected(request);
        responseDone = false;
        discarded = 0;
        body = new RequestBody(context.channel(), this::sendContinue);
        exchange = new HttpExchange(
                context.channel(),
                head,
                body,
                keepAlive,
                () -> trusted = true,
                lastWrite -> lastWrite.addListener(written -> responseWritten(lastWrite, keepAlive)));
        context.read();
        workers.accept(exchange);
    }

    private static Map<String, List<String>> headers(HttpRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        return headers;
    }

    /** Called by the worker when it wants the body: a client that asks first is kept waiting until then. */
    private void sendContinue() {
        if (continueAwaited) {
            context.executor().execute(() -> {
                continueAwaited = false;
                context.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            });
        }
    }

    private void receive(HttpContent content) {
        if (body == null) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (responseDone) {
            discarded += content.content().readableBytes();
        }
        boolean more = body.offer(content.content());
        if (last) {
            body.complete();
            endOfExchange();
        } else if (discarded > DISCARD_LIMIT_BYTES) {
            context.close();
        } else if (more) {
            context.read();
        }
    }

    private void responseWritten(ChannelFuture lastWrite, boolean keepAlive) {
        responseDone = true;
        body.discard();
        if (!lastWrite.isSuccess() || !keepAlive || continueAwaited || inputEnded && !body.isComplete()) {
            context.close();
        } else if (body.isComplete()) {
            endOfExchange();
        } else {
            context.read();
        }
    }

    /** The connection's next request is read when this one's body is here and its response is written. */
    private void endOfExchange() {
        if (responseDone && body.isComplete()) {
            exchange = null;
            body = null;
            context.read();
            closeUnlessBusy();
        }
    }

    /** A client that has sent its last request stays only until that is answered. */
    private void closeUnlessBusy() {
        if (inputEnded && (exchange == null || responseDone)) {
            context.close();
        }
    }

    private void refuse(Throwable cause) {
        if (body != null) {
            // In the middle of a body: its reader learns of it, and nobody can tell where the next request begins.
            body.fail(new IOException("malformed request body", cause));
            context.close();
            return;
        }
        HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            status = HttpResponseStatus.REQUEST_URI_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.copiedBuffer(status.toString() + '\n', StandardCharsets.US_ASCII));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.wakeWriter();
        }
    }

    /** The client sends nothing more, but may well read: what it asked before is answered. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            if (body != null) {
                body.fail(new EOFException("the client has ended its request early"));
            }
            closeUnlessBusy();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (exchange != null) {
            body.fail(new EOFException("the client has gone"));
            exchange.wakeWriter();
        }
    }

    /** A reset by the client, mostly: nothing that anybody could act upon. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
