package io.github.lambdashell.function.runtime;

import io.github.lambdashell.function.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the Runtime API, version 2018-06-01, as "Building a custom runtime for AWS Lambda" in Lambda's developer
 * guide describes it. {@link HttpURLConnection} is what starts fastest, keeps the connection, and sends a chunk when it
 * is told to.
 */
public final class RuntimeApi {
    private static final String INVOCATION_ID = "Lambda-Runtime-Invocation-Id";
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

    /** A frame of the largest size in one chunk; what is flushed goes out sooner. */
    private static final int LARGEST_CHUNK = 66 * 1024;

    private final String base;

    /** @param address host and port, as the variable {@code AWS_LAMBDA_RUNTIME_API} has them */
    public RuntimeApi(String address) {
        base = "http://" + address + "/2018-06-01/runtime/";
    }

    /**
     * Waits for the next invocation, as long as it takes.
     *
     * @throws IOException when the Runtime API is gone
     */
    public RuntimeInvocation next() throws IOException {
        HttpURLConnection connection = open("invocation/next");
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the Runtime API answered " + status + " to a request for the next invocation");
        }
        // Read to its end the stream is closed, and the connection serves again.
        return new RuntimeInvocation(
                connection.getInputStream().readAllBytes(),
                connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"),
                connection.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", Long.MAX_VALUE),
                connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"),
                connection.getHeaderField("Lambda-Runtime-Trace-Id"),
                connection.getHeaderField(INVOCATION_ID));
    }

    /** Begins a streamed response, whose body is still to be written. {@link #finish} completes it. */
    HttpURLConnection response(RuntimeInvocation invocation, String contentType) throws IOException {
        HttpURLConnection connection = open("invocation/" + invocation.getAwsRequestId() + "/response");
        echoId(invocation, connection);
        connection.setRequestProperty("Content-Type", contentType);
        connection.setRequestProperty("Lambda-Runtime-Function-Response-Mode", "streaming");
        connection.setChunkedStreamingMode(LARGEST_CHUNK);
        // Connected before the output makes it a POST: for a streamed POST, Java waits a millisecond on a kept
        // connection to see whether it still stands. This one is kept for 5 s at most.
        connection.setDoOutput(true);
        connection.connect();
        return connection;
    }

    /** Says that the handler failed. */
    public void error(RuntimeInvocation invocation, Throwable failure) throws IOException {
        HttpURLConnection connection = post("invocation/" + invocation.getAwsRequestId() + "/error");
        echoId(invocation, connection);
        send(connection, failure);
    }

    /** Says that there will be no handler. */
    public void initError(Throwable failure) throws IOException {
        send(post("init/error"), failure);
    }

    private HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection) new URL(base + path).openConnection();
    }

    private HttpURLConnection post(String path) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        return connection;
    }

    /** Tells the Runtime API which attempt at an invocation is answered, where it says so itself. */
    private static void echoId(RuntimeInvocation invocation, HttpURLConnection connection) {
        if (invocation.invocationId != null) {
            connection.setRequestProperty(INVOCATION_ID, invocation.invocationId);
        }
    }

    private static void send(HttpURLConnection connection, Throwable failure) throws IOException {
        List<Object> trace = new ArrayList<>();
        for (StackTraceElement element : failure.getStackTrace()) {
            trace.add(element.toString());
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorMessage", String.valueOf(failure.getMessage()));
        error.put("errorType", failure.getClass().getName());
        error.put("stackTrace", trace);
        byte[] json = JsonWriter.write(error);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty(ERROR_TYPE, failure.getClass().getName());
        connection.setFixedLengthStreamingMode(json.length);
        connection.getOutputStream().write(json);
        finish(connection);
    }

    /**
     * Reads the answer to a post to its end, so that the connection serves again.
     *
     * @throws IOException when the Runtime API did not take it
     */
    static void finish(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (in != null) {
            in.readAllBytes();
        }
        if (status != HttpURLConnection.HTTP_ACCEPTED) {
            throw new IOException("the Runtime API answered " + status + " to a response");
        }
    }
}
