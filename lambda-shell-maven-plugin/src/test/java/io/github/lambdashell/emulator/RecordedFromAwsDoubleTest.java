package io.github.lambdashell.emulator;

import static io.github.lambdashell.target.local.endpoint.RecordedAnswers.NONE;

import io.github.lambdashell.target.local.endpoint.KeptConnection;
import io.github.lambdashell.target.local.endpoint.KeptConnection.Answer;
import io.github.lambdashell.target.local.endpoint.RecordedAnswers;
import io.github.lambdashell.target.local.endpoint.RecordedAnswers.Call;
import io.github.lambdashell.target.local.endpoint.RecordedAnswers.Case;
import io.github.lambdashell.target.local.endpoint.SignedRequest;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests to the double of CloudFormation, S3 and STS, whose answers are compared with those that AWS gave. */
@Timeout(60)
class RecordedFromAwsDoubleTest {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([\\w-]+)}");
    private static final Pattern RUNNING = Pattern.compile("<StackStatus>(?!REVIEW)\\w+_IN_PROGRESS</StackStatus>");

    @TempDir
    private static Path directory;

    private static AwsEmulator aws;
    private static KeptConnection connection;

    /** Parts of the latest answer, for the requests that follow. */
    private final Map<String, String> latest = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        aws = AwsEmulator.withoutSandboxes(directory.resolve("state"));
        connection = new KeptConnection(aws.uri().getPort());
    }

    @AfterAll
    static void stop() throws IOException {
        connection.close();
        aws.close();
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String service : List.of("CloudFormation", "S3", "STS")) {
            cases.addAll(RecordedAnswers.of(service));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theAnswerIsTheOneThatAwsGave(Case one) throws IOException {
        for (Call call : one.before()) {
            send(call);
            awaitStack(call);
        }
        Answer answer = send(one.call());
        one.verify(name -> member(answer, name));
    }

    @Test
    void thePageOnEmulatorsHasAllDifferences() throws IOException {
        RecordedAnswers.verifyPage("emulators.md", "doubles", cases());
    }

    /** Waits until the operation that a request started on a stack has ended. */
    private void awaitStack(Call call) throws IOException {
        if (call.operation().matches("(Create|Update|Delete)Stack|ExecuteChangeSet")) {
            Map<String, String> seen = new LinkedHashMap<>(latest);
            Answer answer;
            do {
                latest.clear();
                latest.putAll(seen);
                answer = send(new Call("DescribeStacks", Map.of("StackName", call.get("StackName", ""))));
            } while (RUNNING.matcher(text(answer)).find());
            latest.putAll(seen);
        }
    }

    private Answer send(Call call) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(call.parameters());
        parameters.replaceAll((name, value) ->
                PARAMETER.matcher(value).replaceAll(found -> latest.getOrDefault(found.group(1), found.group(1))));
        Call request = new Call(call.operation(), parameters);
        Answer answer = parameters.containsKey("Bucket") ? sendToS3(request) : sendForm(request);
        Stream.of("StackId", "ChangeSetId", "OutputValue", "x-amz-version-id").forEach(name -> {
            String value = member(answer, name);
            if (!value.equals(NONE)) {
                latest.put(name, value);
            }
        });
        return answer;
    }

    private static Answer sendForm(Call call) throws IOException {
        boolean isSts = call.operation().equals("GetCallerIdentity");
        String form = "Action=" + call.operation() + "&Version=" + (isSts ? "2011-06-15" : "2010-05-15")
                + call.parameters().entrySet().stream()
                        .map(entry -> "&" + entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining());
        return send(
                isSts ? "sts" : "cloudformation",
                "POST",
                "/",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form);
    }

    private static Answer sendToS3(Call call) throws IOException {
        String operation = call.operation();
        String method = operation.matches("(Create|Put).*")
                ? "PUT"
                : operation.equals("DeleteObjects") ? "POST" : operation.startsWith("Delete") ? "DELETE" : "GET";
        Map<String, String> query = new LinkedHashMap<>(call.parameters());
        query.keySet().removeAll(List.of("Bucket", "Key", "Body"));
        if (operation.equals("ListObjectsV2")) {
            query.put("list-type", "2");
        } else if (operation.equals("DeleteObjects")) {
            query.put("delete", "");
        }
        String path = "/" + call.get("Bucket", "")
                + (call.parameters().containsKey("Key") ? "/" + call.get("Key", "") : "")
                + (query.isEmpty() ? "" : "?")
                + query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return send("s3", method, path, Map.of(), call.get("Body", ""));
    }

    private static Answer send(String service, String method, String path, Map<String, String> headers, String body)
            throws IOException {
        return connection.send(SignedRequest.of(
                        aws.uri(),
                        AwsCredentialsIdentity.create(aws.accessKeyId(), aws.secretAccessKey()),
                        service,
                        method,
                        path,
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        Protection.HASHED)
                .bytes());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns the values of an element of that name, separated by commas, or the value of a header. */
    private static String member(Answer answer, String name) {
        if (name.equals("status")) {
            return Integer.toString(answer.status());
        }
        String header = answer.headers().get(name.toLowerCase(Locale.ROOT));
        if (header != null) {
            return header;
        }
        List<String> values = Pattern.compile("<" + name + "(?:/>|>([^<]*)</" + name + ">)")
                .matcher(text(answer))
                .results()
                .map(found -> found.group(1) == null ? "" : found.group(1))
                .toList();
        return values.isEmpty() ? NONE : unescaped(String.join(", ", values));
    }

    private static String unescaped(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
