package io.github.lambdashell.function.runtime;

import io.github.lambdashell.function.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the Runtime API, version 2018-06-01, as "Building a custom runtime for AWS Lambda" in Lambda's developer
 * guide describes it.
 */
public final class RuntimeClient {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATION_ID = "Lambda-Runtime-Invocation-Id";

    private final HttpConnection connection;

    /** @param address host and port, as in the variable {@code AWS_LAMBDA_RUNTIME_API} */
    public RuntimeClient(String address) {
        connection = new HttpConnection(address);
    }

    /**
     * Waits for the next invocation without a limit.
     *
     * @throws IOException when the Runtime API is gone
     */
    public RuntimeInvocation next() throws IOException {
        try {
            askForNext();
        } catch (IOException e) {
            // A server may close a kept connection; one that is gone does not answer on a new one either.
            connection.close();
            askForNext();
        }
        if (connection.status != 200) {
            throw new IOException(
                    "the Runtime API answered " + connection.status + " to a request for the next invocation");
        }
        Map<String, String> headers = connection.headers;
        return new RuntimeInvocation(
                connection.body,
                headers.get("lambda-runtime-aws-request-id"),
                Long.parseLong(headers.getOrDefault("lambda-runtime-deadline-ms", "" + Long.MAX_VALUE)),
                headers.get("lambda-runtime-invoked-function-arn"),
                headers.get("lambda-runtime-trace-id"),
                headers.get("lambda-runtime-invocation-id"));
    }

    /**
     * Waits until this process has been restored from a snapshot, which Lambda makes while it waits.
     *
     * @throws IOException when the Runtime API is gone
     */
    public void restoreNext() throws IOException {
        connection.begin("GET", BASE + "restore/next", "");
        connection.flush();
        connection.receive();
        if (connection.status != 200) {
            throw new IOException("the Runtime API answered " + connection.status + " to a request for the restore");
        }
    }

    private void askForNext() throws IOException {
        connection.begin("GET", BASE + "invocation/next", "");
        connection.flush();
        connection.receive();
    }

    /** Begins a streamed response. {@link #send} sends its chunks, an empty one before {@link #finish}. */
    void respond(RuntimeInvocation invocation, String contentType) throws IOException {
        connection.begin(
                "POST",
                path(invocation, "/response"),
                invocationId(invocation) + "Content-Type: " + contentType
                        + "\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n");
    }

    void send(byte[] chunk, int length) throws IOException {
        connection.chunk(chunk, length);
        connection.flush();
    }

    /**
     * Receives the answer to a post.
     *
     * @throws IOException when the Runtime API did not accept it
     */
    void finish() throws IOException {
        connection.receive();
        if (connection.status != 202) {
            throw new IOException("the Runtime API answered " + connection.status + " to a response");
        }
    }

    /** Breaks a response off. */
    void abort() throws IOException {
        connection.close();
    }

    /** Reports that the handler failed. */
    public void error(RuntimeInvocation invocation, Throwable failure) throws IOException {
        post(path(invocation, "/error"), invocationId(invocation), failure);
    }

    /** Reports that the initialization failed. */
    public void initError(Throwable failure) throws IOException {
        post(BASE + "init/error", "", failure);
    }

    private static String path(RuntimeInvocation invocation, String end) {
        return BASE + "invocation/" + invocation.getAwsRequestId() + end;
    }

    /** Returns a header with the invocation's attempt, if the Runtime API has sent one. */
    private static String invocationId(RuntimeInvocation invocation) {
        return invocation.invocationId == null ? "" : INVOCATION_ID + ": " + invocation.invocationId + "\r\n";
    }

    private void post(String path, String fields, Throwable failure) throws IOException {
        List<Object> trace = new ArrayList<>();
        for (StackTraceElement element : failure.getStackTrace()) {
            trace.add(element.toString());
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", String.valueOf(failure.getMessage()));
        error.put("errorType", failure.getClass().getName());
        error.put("stackTrace", trace);
        byte[] json = JsonWriter.write(error);
        connection.begin(
                "POST",
                path,
                fields + "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: "
                        + failure.getClass().getName() + "\r\nContent-Length: " + json.length + "\r\n");
        connection.write(json);
        connection.flush();
        finish();
    }
}
