package io.github.lambdashell.emulator.http;

import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** One request of a connection and its answer, used by one worker. Nothing of it has been verified. */
public final class HttpExchange implements Exchange {
    private final Channel channel;
    private final RequestHead head;
    private final RequestBody body;
    private final boolean keepAlive;
    private final Runnable trusted;
    private final Consumer<ChannelFuture> finished;
    private final Object writability = new Object();
    private final String requestId = UUID.randomUUID().toString();
    private ResponseBody streaming;
    private boolean responded;

    /**
     * @param trusted run when the request is found to be from one who may use the connection
     * @param finished given the write that ends the response
     */
    HttpExchange(
            Channel channel,
            RequestHead head,
            RequestBody body,
            boolean keepAlive,
            Runnable trusted,
            Consumer<ChannelFuture> finished) {
        this.channel = channel;
        this.head = head;
        this.body = body;
        this.keepAlive = keepAlive;
        this.trusted = trusted;
        this.finished = finished;
    }

    /** The request as it came, without its body. */
    public RequestHead head() {
        return head;
    }

    /** Says that the request is from one who may keep the connection. */
    public void trust() {
        trusted.run();
    }

    /** The endpoint's own id of this exchange; it is in the answer's headers unless the service gives another. */
    public String requestId() {
        return requestId;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public Map<String, List<String>> query() {
        return head.query();
    }

    @Override
    public Optional<String> header(String name) {
        return head.header(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Set<String> headerNames() {
        return head.headers().keySet();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void respond(int status, Map<String, String> headers, byte[] content) throws IOException {
        begin();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content));
        set(response, headers);
        if (status != HttpResponseStatus.NO_CONTENT.code() && status != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        }
        finish(channel.writeAndFlush(response));
    }

    @Override
    public OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException {
        begin();
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        set(response, headers);
        if (length >= 0) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        channel.write(response);
        // What a HEAD request gets is the announcement of a body.
        streaming = new ResponseBody(this, channel, method().equals("HEAD") ? 0 : length);
        return streaming;
    }

    private void begin() throws IOException {
        if (responded) {
            throw new IllegalStateException("this exchange has its response already");
        }
        responded = true;
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
    }

    private void set(HttpResponse response, Map<String, String> headers) {
        response.headers()
                .set(HttpHeaderNames.DATE, new Date())
                .set("x-amzn-requestid", requestId)
                .set("x-amz-request-id", requestId);
        headers.forEach(response.headers()::set);
        HttpUtil.setKeepAlive(response, keepAlive);
    }

    void finish(ChannelFuture lastWrite) {
        finished.accept(lastWrite);
    }

    /** Whether an answer was begun, whole or not. */
    public boolean hasResponded() {
        return responded;
    }

    /** Nobody works on it any more: what was not read is given back, and an answer without its end is abandoned. */
    void end() {
        if (!responded || streaming != null && !streaming.isClosed()) {
            abandon();
        }
        body.discard();
    }

    /** Breaks the connection, so that the peer doesn't take what it got for the whole. */
    void abandon() {
        if (streaming != null) {
            streaming.abandon();
        }
        channel.close();
    }

    /** Blocks while the peer doesn't read. */
    void awaitWritable() throws IOException {
        if (channel.isWritable()) {
            return;
        }
        channel.flush();
        synchronized (writability) {
            while (!channel.isWritable() && channel.isActive()) {
                try {
                    writability.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        }
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
    }

    /** Called by the event loop when the channel became writable, or was closed. */
    void wakeWriter() {
        synchronized (writability) {
            writability.notifyAll();
        }
    }
}
