package io.github.lambdashell.emulator.fuzz;

import io.github.lambdashell.emulator.LocalEndpoint;
import io.github.lambdashell.emulator.SignedRequest;
import io.github.lambdashell.emulator.SignedRequest.Protection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Requests that are wrong somewhere: in HTTP, in the signature, or in what is rightly signed. */
final class FuzzRequests {
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");
    private static final List<String> ACTIONS = List.of(
            "CreateStack",
            "UpdateStack",
            "DeleteStack",
            "DescribeStacks",
            "DescribeStackEvents",
            "ListStacks",
            "ListStackResources",
            "DescribeStackResource",
            "GetTemplate",
            "ValidateTemplate",
            "ContinueUpdateRollback");
    private static final String TEMPLATE = """
            AWSTemplateFormatVersion: '2010-09-09'
            Parameters:
              Name: {Type: String, Default: x, AllowedPattern: '[a-z]+', MaxLength: 9}
              Memory: {Type: Number, Default: 128, MinValue: 128}
            Conditions:
              Large: !Not [!Equals [!Ref Memory, 128]]
            Resources:
              Log:
                Type: AWS::Logs::LogGroup
                Properties: {LogGroupName: !Sub '/aws/lambda/${Name}', RetentionInDays: 7}
              Store:
                Type: AWS::S3::Bucket
                Condition: Large
                Properties: {BucketName: !Join ['-', [a, !Ref Name]]}
              Run:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: nodejs22.x
                  Handler: index.handler
                  MemorySize: !If [Large, !Ref Memory, 256]
                  Role: arn:aws:iam::000000000000:role/any
                  Code: {S3Bucket: fuzz, S3Key: code.zip}
                  Environment: {Variables: {A: !GetAtt Log.Arn}}
            Outputs:
              Arn: {Value: !GetAtt Run.Arn}
            """;
    private static final String EVENT = """
            {"command":"echo \\u00e9","environment":{"A":"b","C":null},"list":[1,2.5e3,true,{"deep":[[[]]]}]}""";
    private static final String DELETION = """
            <Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>false</Quiet>\
            <Object><Key>a/b</Key></Object><Object><Key>c</Key><VersionId>v</VersionId></Object></Delete>""";

    private final LocalEndpoint endpoint;
    private final LocalEndpoint forger;
    private final Random random;
    private final Mutator mutator;

    /**
     * One request.
     *
     * @param kind what is wrong with it
     * @param isTrusted whether its signature is right
     */
    record Case(String kind, boolean isTrusted, byte[] bytes) {}

    /**
     * @param endpoint that gets the requests
     * @param forger another one, whose secret is another
     */
    FuzzRequests(LocalEndpoint endpoint, LocalEndpoint forger, long seed) {
        this.endpoint = endpoint;
        this.forger = forger;
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
    }

    Case next() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Case("HTTP", false, mutator.spoil(forged().bytes()));
            case 2, 3 -> new Case("signature", false, wronglySigned());
            case 4 -> query("Query", mutator.spoil(form(ACTIONS.get(random.nextInt(ACTIONS.size())), TEMPLATE)));
            case 5 ->
                query(
                        "template",
                        form(random.nextBoolean() ? "CreateStack" : "ValidateTemplate", mutator.spoilOnce(TEMPLATE)));
            case 6 -> lambda();
            case 7 -> s3("XML", "POST", "/fuzz?delete", mutator.spoil(DELETION.getBytes(StandardCharsets.UTF_8)));
            case 8 -> object();
            default -> chunked();
        };
    }

    /** What is spoilt by {@link #next}, unspoilt. */
    List<Case> right() {
        return List.of(
                query("template", form("ValidateTemplate", TEMPLATE)),
                query("Query", form("ListStacks", "")),
                s3("XML", "POST", "/fuzz?delete", DELETION.getBytes(StandardCharsets.UTF_8)),
                s3("zip", "PUT", "/fuzz/code.zip", zip()));
    }

    /** A request that is right in all but the secret. */
    private SignedRequest forged() {
        SignedRequest request = SignedRequest.of(
                forger,
                random.nextBoolean() ? "s3" : "lambda",
                "PUT",
                "/fuzz/key?a=b",
                EVENT.getBytes(StandardCharsets.UTF_8),
                Protection.values()[random.nextInt(Protection.values().length)]);
        return new SignedRequest(request.head().replace(forger.accessKeyId(), endpoint.accessKeyId()), request.body());
    }

    /** A request that is right but for one thing that its signature is to protect. */
    private byte[] wronglySigned() {
        SignedRequest right = SignedRequest.of(
                endpoint,
                "lambda",
                "POST",
                "/2015-03-31/functions/f/invocations",
                EVENT.getBytes(StandardCharsets.UTF_8),
                Protection.HASHED);
        String head = right.head();
        byte[] body = right.body().clone();
        switch (random.nextInt(9)) {
            case 0 -> head = flipHexDigit(head, head.indexOf("Signature=") + 10 + random.nextInt(64));
            case 1 -> head = head.replace("/lambda/aws4_request", "/s3/aws4_request");
            case 2 -> head = head.replaceFirst("POST", "GET");
            case 3 -> head = head.replace("functions/f/", "functions/g" + random.nextInt(100) + "/");
            case 4 -> head = head.replaceFirst("invocations HTTP", "invocations?a=" + random.nextInt() + " HTTP");
            case 5 -> head = head.replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=host");
            case 6 -> head = head.replaceFirst("(?i)x-amz-date: \\d{8}", "X-Amz-Date: 20200101");
            case 7 ->
                head = head.replaceFirst(
                        "(?i)authorization: [^\r]*",
                        Matcher.quoteReplacement("Authorization: "
                                + mutator.spoil("AWS4-HMAC-SHA256 Credential=").replaceAll("[\r\n]", "")));
            default -> body[random.nextInt(body.length)] ^= 1;
        }
        return new SignedRequest(head, body).bytes();
    }

    private static String flipHexDigit(String head, int at) {
        char other = head.charAt(at) == 'a' ? 'b' : 'a';
        return head.substring(0, at) + other + head.substring(at + 1);
    }

    /** A form that is right. */
    private static String form(String action, String template) {
        String body = "&TemplateBody=" + URLEncoder.encode(template, StandardCharsets.UTF_8);
        return "Action=" + action + "&Version=2010-05-15"
                + switch (action) {
                    case "ValidateTemplate" -> body;
                    case "CreateStack", "UpdateStack" ->
                        "&StackName=fuzz&Capabilities.member.1=CAPABILITY_IAM&Parameters.member.1.ParameterKey=Memory"
                                + "&Parameters.member.1.ParameterValue=512" + body;
                    case "ListStacks" -> "";
                    default -> "&StackName=fuzz";
                };
    }

    private Case query(String kind, String form) {
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        return trusted(kind, SignedRequest.of(endpoint, "cloudformation", "POST", "/", FORM, body, Protection.HASHED));
    }

    private Case lambda() {
        String name = URLEncoder.encode(random.nextInt(3) == 0 ? mutator.spoil("fuzz") : "fuzz", StandardCharsets.UTF_8)
                .replace("+", "%20");
        String path = random.nextBoolean()
                ? "/2015-03-31/functions/" + name + "/invocations"
                : "/2021-11-15/functions/" + name + "/response-streaming-invocations";
        Map<String, String> headers = random.nextInt(4) == 0
                ? Map.of(
                        "X-Amz-Client-Context",
                        mutator.spoil("e30=").replaceAll("[^ -~]", "?").strip() + "x")
                : Map.of();
        byte[] event = mutator.spoil(EVENT.getBytes(StandardCharsets.UTF_8));
        return trusted("JSON", SignedRequest.of(endpoint, "lambda", "POST", path, headers, event, Protection.HASHED));
    }

    private Case s3(String kind, String method, String path, byte[] body) {
        return trusted(kind, SignedRequest.of(endpoint, "s3", method, path, body, Protection.HASHED));
    }

    /** Packages that a function is then made of, and keys that would leave the directory if they could. */
    private Case object() {
        if (random.nextBoolean()) {
            return s3("zip", "PUT", "/fuzz/code.zip", mutator.spoil(zip()));
        }
        String key = URLEncoder.encode(mutator.spoil("a/../../b"), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%2F", "/");
        String method = List.of("PUT", "GET", "DELETE", "HEAD").get(random.nextInt(4));
        return s3("key", method, "/fuzz/" + key, method.equals("PUT") ? new byte[10] : new byte[0]);
    }

    private byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name :
                    List.of("index.js", "../out" + random.nextInt(9), "/tmp/lshell-fuzz", "a/b/c", "a\\..\\d")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(EVENT.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The frames of a body that is signed in chunks, or has a trailer. */
    private Case chunked() {
        Protection protection = List.of(
                        Protection.CHUNKS_SIGNED, Protection.CHUNKS_AND_TRAILER_SIGNED, Protection.TRAILER_UNSIGNED)
                .get(random.nextInt(3));
        SignedRequest right = SignedRequest.of(endpoint, "s3", "PUT", "/fuzz/chunks", new byte[300], protection);
        return trusted("chunks", new SignedRequest(right.head(), mutator.spoil(right.body())));
    }

    private static Case trusted(String kind, SignedRequest request) {
        return new Case(kind, true, request.bytes());
    }
}
