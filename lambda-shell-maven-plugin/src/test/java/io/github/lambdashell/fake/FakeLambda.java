package io.github.lambdashell.fake;

import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** A function that counts how often its command ran. */
public final class FakeLambda {
    private static final String LOG = """
            START RequestId: 1 Version: $LATEST
            END RequestId: 1
            REPORT RequestId: 1\tDuration: 10.00 ms\tBilled Duration: 11 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t
            """;

    private static final String JSON_LOG = """
            {"type":"platform.start","record":{"requestId":"1","version":"$LATEST"}}
            {"type":"platform.report","record":{"requestId":"1","status":"success","metrics":\
            {"durationMs":10.0,"billedDurationMs":11,"memorySizeMB":512,"maxMemoryUsedMB":90}}}
            """;

    private final AtomicInteger executions = new AtomicInteger();
    private List<String> chunks = List.of("hello\n");
    private String error;
    private String log = LOG;
    private String snapStart = "PublishedVersions";
    private String endState = "Active";
    private int polls;
    private int latestPolls;
    private String latestState = "Active";
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Set<String> referred = new HashSet<>();
    private int last = 1;
    private final Set<String> aliases = new HashSet<>(Set.of("live"));
    private final Map<String, String> functions = new ConcurrentHashMap<>();

    /** Adds a function that the plugin did not create, with its response to GetFunction. */
    public void given(String nameOrArn, String json) {
        functions.put(nameOrArn, json);
    }

    /** Sets whose versions have a snapshot, {@code PublishedVersions} or {@code None}. */
    public void snapStart(String applyOn) {
        snapStart = applyOn;
    }

    /** Makes the snapshot of a published version fail. */
    public void failSnapshot() {
        endState = "Failed";
    }

    /** Changes the function, so that the next version to publish is a new one. */
    public void change() {
        if (versions.contains(String.valueOf(last))) {
            last++;
        }
    }

    /** Makes an alias refer to a version. */
    public void refer(String version) {
        referred.add(version);
    }

    /** Returns the published versions that exist. */
    public List<String> versions() {
        return List.copyOf(versions);
    }

    /** Makes the function log in JSON. */
    public void logsJson() {
        log = JSON_LOG;
    }

    /** Returns the number of commands that ran. */
    public int executions() {
        return executions.get();
    }

    /** Sets the output of the following commands, each chunk in an event of its own. */
    public void writesInChunks(String... texts) {
        chunks = List.of(texts);
    }

    /** Returns the length of the response's part that contains the first chunk, in bytes. */
    public int bytesOfFirstChunk() {
        return event("PayloadChunk", "application/octet-stream", frame(1, chunks.get(0))).length;
    }

    /**
     * Makes the following commands break the function.
     *
     * @param payload Lambda's payload for the failure
     */
    public void fails(String payload) {
        error = payload;
    }

    /** Makes the functions pending for a number of polls, and then active or failed. */
    public void bePending(int number, String stateThen) {
        latestPolls = number;
        latestState = stateThen;
    }

    HttpAnswer answer(HttpCall call) {
        return switch (call.operation()) {
            case "GetFunction" -> described(call);
            case "GetFunctionConfiguration" -> configuration(call);
            case "PublishVersion" -> {
                polls = 2;
                String version = String.valueOf(last);
                if (!versions.contains(version)) {
                    versions.add(version);
                }
                yield configuration(version, "Pending");
            }
            case "ListVersionsByFunction" ->
                HttpAnswer.of(
                        200,
                        "application/json",
                        Stream.concat(Stream.of("$LATEST"), versions.stream())
                                .map("{\"Version\":\"%s\"}"::formatted)
                                .collect(Collectors.joining(",", "{\"Versions\":[", "]}")));
            case "DeleteFunction" -> delete(call.query().get("Qualifier"));
            case "CreateAlias" -> createdAlias(call);
            case "UpdateAlias" -> updatedAlias(call);
            default -> ran(call);
        };
    }

    private HttpAnswer delete(String version) {
        if (referred.contains(version)) {
            return HttpAnswer.lambdaError(
                    409,
                    "ResourceConflictException",
                    "{\"Type\":\"User\",\"message\":\"Version " + version + " is referenced by an alias\"}");
        }
        versions.remove(version);
        return new HttpAnswer(204, Map.of(), new byte[0]);
    }

    /** $LATEST, and published versions with the alias live, whose state is Pending for two polls after it is published. */
    private HttpAnswer configuration(HttpCall call) {
        String qualifier = call.query().getOrDefault("Qualifier", "$LATEST");
        return switch (qualifier) {
            case "$LATEST" -> configuration(qualifier, latestPolls-- > 0 ? "Pending" : latestState);
            case "1", "2", "3", "4", "5", "live", "test" ->
                configuration(qualifier, polls-- > 0 ? "Pending" : endState);
            default ->
                HttpAnswer.lambdaError(
                        404,
                        "ResourceNotFoundException",
                        "{\"Type\":\"User\",\"Message\":\"Function not found: " + call.path() + ":" + qualifier
                                + "\"}");
        };
    }

    private HttpAnswer updatedAlias(HttpCall call) {
        String name = call.path().substring(call.path().lastIndexOf('/') + 1);
        return aliases.contains(name)
                ? HttpAnswer.of(200, "application/json", "{}")
                : HttpAnswer.lambdaError(
                        404,
                        "ResourceNotFoundException",
                        "{\"Type\":\"User\",\"Message\":\"Alias not found: arn:aws:lambda:" + FakeAws.REGION + ":"
                                + FakeAws.ACCOUNT + ":function:demo:" + name + "\"}");
    }

    private HttpAnswer createdAlias(HttpCall call) {
        String name = new String(call.body(), StandardCharsets.UTF_8).replaceFirst(".*\"Name\":\"([^\"]*)\".*", "$1");
        return aliases.add(name)
                ? HttpAnswer.of(201, "application/json", "{}")
                : HttpAnswer.lambdaError(
                        409,
                        "ResourceConflictException",
                        "{\"Type\":\"User\",\"message\":\"Alias already exists: arn:aws:lambda:" + FakeAws.REGION + ":"
                                + FakeAws.ACCOUNT + ":function:demo:" + name + "\"}");
    }

    private HttpAnswer configuration(String version, String state) {
        return HttpAnswer.of(!version.equals("$LATEST") && polls == 2 ? 201 : 200, "application/json", """
                {"Version": "%s", "State": "%s", "StateReason": "the handler failed", "StateReasonCode": "FunctionError",
                  "SnapStart": {"ApplyOn": "%s", "OptimizationStatus": "Off"}}
                """.formatted(
                        version, state, snapStart));
    }

    private HttpAnswer described(HttpCall call) {
        String name = call.path().substring(call.path().lastIndexOf('/') + 1);
        String json = functions.get(name);
        return json != null
                ? HttpAnswer.of(200, "application/json", json)
                : HttpAnswer.lambdaError(
                        404,
                        "ResourceNotFoundException",
                        "{\"Type\":\"User\",\"Message\":\"Function not found: arn:aws:lambda:" + FakeAws.REGION + ":"
                                + FakeAws.ACCOUNT + ":function:" + name + "\"}");
    }

    private HttpAnswer ran(HttpCall call) {
        executions.incrementAndGet();
        List<byte[]> frames = new ArrayList<>();
        if (error == null) {
            chunks.forEach(chunk -> frames.add(frame(1, chunk)));
            frames.add(frame(3, "{\"type\":\"result\",\"exitCode\":0}"));
        }
        String tail = Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8));
        return call.operation().equals("Invoke") ? buffered(frames, tail) : streamed(frames, tail);
    }

    private HttpAnswer buffered(List<byte[]> frames, String log) {
        if (error != null) {
            return HttpAnswer.of(200, "application/json", error)
                    .with("X-Amz-Function-Error", "Unhandled")
                    .with("X-Amz-Log-Result", log);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        frames.forEach(body::writeBytes);
        return new HttpAnswer(200, Map.of("X-Amz-Log-Result", log), body.toByteArray());
    }

    private HttpAnswer streamed(List<byte[]> frames, String log) {
        String end = error == null
                ? "{\"LogResult\":\"" + log + "\"}"
                : "{\"ErrorCode\":\"Unhandled\",\"ErrorDetails\":\"" + error.replace("\"", "\\\"")
                        + "\",\"LogResult\":\"" + log + "\"}";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        frames.forEach(frame -> body.writeBytes(event("PayloadChunk", "application/octet-stream", frame)));
        body.writeBytes(event("InvokeComplete", "application/json", end.getBytes(StandardCharsets.UTF_8)));
        return new HttpAnswer(200, Map.of("Content-Type", "application/vnd.amazon.eventstream"), body.toByteArray());
    }

    private static byte[] frame(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(channel << 24)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] event(String type, String contentType, byte[] payload) {
        Map<String, HeaderValue> headers = new TreeMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString(contentType));
        ByteBuffer encoded = new Message(headers, payload).toByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
