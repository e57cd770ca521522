package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a runtime to its Runtime API. */
final class RuntimeApiHandler extends SimpleChannelInboundHandler<HttpObject> implements RuntimeApi.NextRequest {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeApiHandler.class);
    private static final String BASE = "/2018-06-01/runtime/";
    private static final Pattern ANSWER = Pattern.compile(Pattern.quote(BASE) + "invocation/([^/?]+)/(response|error)");

    /** A client context may hold characters that strict readers of headers don't take; Lambda passes them on. */
    private static final HttpHeadersFactory AS_THEY_ARE =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final RuntimeApi api;
    private ChannelHandlerContext connection;
    private boolean keepAlive;
    private RequestBody body = RequestBody.NONE;

    RuntimeApiHandler(RuntimeApi api) {
        this.api = api;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = context;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            refuseMalformed();
            return;
        }
        if (message instanceof HttpRequest request) {
            keepAlive = HttpUtil.isKeepAlive(request);
            body = route(request);
        }
        if (message instanceof HttpContent content) {
            body.content(ByteBufUtil.getBytes(content.content()));
            if (message instanceof LastHttpContent last) {
                RequestBody whole = body;
                body = RequestBody.NONE;
                whole.end(last.trailingHeaders());
            }
        }
    }

    /** Nobody can tell where the next request begins, if there is one. */
    private void refuseMalformed() {
        body.broken();
        body = RequestBody.NONE;
        keepAlive = false;
        send(Answer.badRequest());
    }

    private RequestBody route(HttpRequest request) {
        String path = request.uri();
        if (request.method().equals(HttpMethod.GET) && path.equals(BASE + "invocation/next")) {
            return RequestBody.ending(() -> api.next(this));
        }
        if (request.method().equals(HttpMethod.POST) && path.equals(BASE + "init/error")) {
            // Of a report that is cut off, the end of the process or of its time tells the rest.
            return api.isInitialized()
                    ? RequestBody.answering(this, Answer.invalidState("The runtime is initialized"))
                    : new ErrorBody(request.headers(), this, api::initializationFailed, () -> {});
        }
        Matcher answer = ANSWER.matcher(path);
        if (request.method().equals(HttpMethod.POST) && answer.matches()) {
            Invocation invocation = api.current(answer.group(1));
            if (invocation == null || isOfAnotherDelivery(request.headers(), invocation)) {
                return RequestBody.answering(this, Answer.unknownRequestId());
            }
            return answer.group(2).equals("response")
                    ? responseOf(invocation, request)
                    : errorOf(invocation, request.headers());
        }
        return RequestBody.answering(this, Answer.notFound());
    }

    private RequestBody responseOf(Invocation invocation, HttpRequest request) {
        if (ResponseBody.isOfKnownMode(request.headers())) {
            return new ResponseBody(request, invocation, this);
        }
        answered(invocation);
        invocation.response().fail(Failure.invalidResponseMode());
        return RequestBody.answering(this, Answer.invalidResponseMode());
    }

    private ErrorBody errorOf(Invocation invocation, HttpHeaders headers) {
        Consumer<Failure> reported = failure -> {
            answered(invocation);
            invocation.response().fail(failure);
        };
        return new ErrorBody(
                headers, this, reported, () -> reported.accept(Failure.truncated("its report of an error did")));
    }

    private static boolean isOfAnotherDelivery(HttpHeaders headers, Invocation invocation) {
        String echoed = headers.get("Lambda-Runtime-Invocation-Id");
        return echoed != null && !echoed.equals(invocation.invocationId());
    }

    /** Takes no second answer to an invocation. */
    void answered(Invocation invocation) {
        api.answered(invocation);
    }

    @Override
    public void answer(Invocation invocation) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                Unpooled.wrappedBuffer(invocation.event()),
                AS_THEY_ARE,
                AS_THEY_ARE);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", invocation.deadline().toEpochMilli());
        headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
        headers.set("Lambda-Runtime-Trace-Id", TraceId.create());
        headers.set("Lambda-Runtime-Invocation-Id", invocation.invocationId());
        invocation.clientContext().ifPresent(json -> headers.set("Lambda-Runtime-Client-Context", headerValue(json)));
        send(response);
    }

    /** On one line, where JSON may have several, and in UTF-8, of which the codec wants a character for each byte. */
    private static String headerValue(String json) {
        return new String(json.replaceAll("[\r\n]", " ").getBytes(UTF_8), ISO_8859_1);
    }

    @Override
    public void refuse() {
        send(Answer.invalidState("The invocation at hand has not been answered"));
    }

    /** Sends the answer to the request that has been read. */
    void send(Answer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.json().getBytes(UTF_8)));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        send(response);
    }

    private void send(FullHttpResponse response) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        var sent = connection.writeAndFlush(response);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    ChannelHandlerContext connection() {
        return connection;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        api.withdrawn(this);
        body.broken();
        body = RequestBody.NONE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("A request to the Runtime API failed", cause);
        }
        // Else the runtime has gone. In both cases channelInactive follows.
        context.close();
    }
}
