package io.github.lambdashell.target.local.endpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A runtime for tests that speaks the Runtime API over a bare socket and does what the event says:
 * {@code {"do":"echo","value":"..."}}. Needs nothing but the JDK: it runs inside the sandbox.
 */
final class RawRuntime {
    private static final Pattern MEMBER = Pattern.compile("\"(do|value)\"\\s*:\\s*\"([^\"]*)\"");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int count;

    private RawRuntime(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private record Reply(int status, Map<String, String> headers, byte[] body) {}

    public static void main(String[] arguments) throws Exception {
        boot(System.getenv().getOrDefault("BOOT", ""));
        String[] address = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":");
        new RawRuntime(address[0], Integer.parseInt(address[1])).run();
    }

    private static void boot(String how) throws Exception {
        switch (how) {
            case "" -> {}
            case "hook" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shutdown hook")));
            case "exit" -> {
                System.out.println("about to exit");
                System.exit(7);
            }
            case "exit-0" -> System.exit(0);
            case "hang" -> Thread.sleep(60_000);
            case "error" -> {
                String[] address = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":");
                RawRuntime runtime = new RawRuntime(address[0], Integer.parseInt(address[1]));
                runtime.post(
                        "init/error",
                        "Lambda-Runtime-Function-Error-Type: Runtime.Boom\r\n",
                        json("{\"errorType\":\"Runtime.Boom\",\"errorMessage\":\"no\",\"stackTrace\":[]}"));
                System.exit(1);
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    private void run() throws Exception {
        while (true) {
            Reply next = send("GET", "invocation/next", "", new byte[0]);
            if (next.status != 200) {
                throw new IllegalStateException("next: " + next.status);
            }
            count++;
            String id = next.headers.get("lambda-runtime-aws-request-id");
            String event = new String(next.body, StandardCharsets.UTF_8);
            String action = member(event, "do");
            String value = member(event, "value");
            System.out.println("doing " + action);
            act(id, next, event, action, value);
        }
    }

    private void act(String id, Reply next, String event, String action, String value) throws Exception {
        String response = "invocation/" + id + "/response";
        switch (action) {
            case "", "echo" -> post(response, "", json(event));
            case "answer" -> post(response, "", json(value));
            case "state" -> post(response, "", json(quote(count + " " + note())));
            case "header" -> post(response, "", json(quote(next.headers.getOrDefault(value, "none"))));
            case "request-id" -> post(response, "", json(quote(id)));
            case "headers" -> post(response, "", json(quote(next.headers.toString())));
            case "pid" -> post(response, "", json("\"" + ProcessHandle.current().pid() + " " + count + "\""));
            case "sandbox" -> post(response, "", json(quote(System.getenv("AWS_LAMBDA_LOG_STREAM_NAME"))));
            case "environment" -> post(response, "", json(quote(String.join("\n", environment()))));
            case "trusted" -> {
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init((KeyStore) null);
                X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
                post(response, "", json("\"" + manager.getAcceptedIssuers().length + "\""));
            }
            case "exit" -> System.exit(Integer.parseInt(value));
            case "killed" ->
                new ProcessBuilder("kill", "-KILL", "" + ProcessHandle.current().pid())
                        .start()
                        .waitFor();
            case "sleep" -> {
                Thread.sleep(Long.parseLong(value));
                post(response, "", json("\"slept\""));
            }
            case "exit-within-answer" -> {
                out.write(("POST /2018-06-01/runtime/" + response
                                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
                        .getBytes(StandardCharsets.US_ASCII));
                System.exit(3);
            }
            case "error" ->
                post(
                        "invocation/" + id + "/error",
                        "Lambda-Runtime-Function-Error-Type: Function.Oops\r\n",
                        json("{\"errorType\":\"Oops\",\"errorMessage\":\"told so\",\"stackTrace\":[]}"));
            case "next-within-answer" -> {
                head(response);
                chunk(new byte[] {'x'}, 1);
                String[] address = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":");
                new RawRuntime(address[0], Integer.parseInt(address[1]))
                        .send("GET", "invocation/next", "", new byte[0]);
            }
            case "large-error" -> post("invocation/" + id + "/error", "", new byte[Integer.parseInt(value)]);
            case "wrong-id" -> {
                Reply refused = post("invocation/00000000-0000-0000-0000-000000000000/response", "", json("1"));
                post(response, "", json(quote(refused.status + " " + text(refused.body))));
            }
            case "answer-twice" -> {
                Reply first = post(response, "", json("\"first\""));
                Reply second = post(response, "", json("\"second\""));
                System.out.println(
                        "answers: " + first.status + " " + text(first.body).strip() + " " + second.status);
            }
            case "too-large" -> {
                Reply refused = post(response, "", new byte[Integer.parseInt(value)]);
                System.out.println(
                        "answer: " + refused.status + " " + text(refused.body).strip());
            }
            case "stream" -> stream(response, Long.parseLong(value), "");
            case "trailers" ->
                stream(
                        response,
                        10,
                        "Lambda-Runtime-Function-Error-Type: Function.MidStream\r\nLambda-Runtime-Function-Error-Body: "
                                + Base64.getEncoder().encodeToString(json("{\"errorMessage\":\"halfway\"}")) + "\r\n");
            case "slow-stream" -> slowStream(response);
            case "background" -> {
                new ProcessBuilder("setsid", "env", "-i", "sleep", value).start();
                post(response, "", json("1"));
            }
            case "write-file" -> {
                Files.writeString(Path.of(System.getProperty("java.io.tmpdir"), "note"), value);
                post(response, "", json("\"written\""));
            }
            case "read-file" -> post(response, "", json(quote(note())));
            case "log" -> {
                System.out.print(value.repeat(3000));
                System.err.print("without a line's end");
                post(response, "", json("1"));
            }
            case "use-memory" -> {
                // Held by a child, for as long as a watch needs to see it.
                String script = "x=$(head -c " + value + "000000 /dev/zero | tr '\\0' x); sleep 1; echo ${#x}";
                Process shell = new ProcessBuilder("sh", "-c", script).start();
                post(response, "", json(text(shell.getInputStream().readAllBytes())));
            }
            case "shell" -> {
                Process shell = new ProcessBuilder("sh", "-c", value)
                        .redirectErrorStream(true)
                        .start();
                shell.getOutputStream().close();
                String output = text(shell.getInputStream().readAllBytes());
                post(response, "", json(quote(output + shell.waitFor())));
            }
            default -> throw new IllegalArgumentException(action);
        }
    }

    private static String note() throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "note");
        return Files.exists(file) ? Files.readString(file) : "no such file";
    }

    private static Iterable<String> environment() {
        return System.getenv().entrySet().stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private void stream(String path, long bytes, String trailers) throws IOException {
        head(path);
        byte[] block = new byte[32 * 1024];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) i;
        }
        for (long left = bytes; left > 0; left -= block.length) {
            chunk(block, (int) Math.min(left, block.length));
        }
        out.write(("0\r\n" + trailers + "\r\n").getBytes(StandardCharsets.US_ASCII));
        reply();
    }

    private void slowStream(String path) throws Exception {
        head(path);
        for (int i = 1; i <= 3; i++) {
            chunk(new byte[] {(byte) ('0' + i)}, 1);
            Thread.sleep(200);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        reply();
    }

    private void head(String path) throws IOException {
        out.write(("POST /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/octet-stream\r\n"
                        + "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                        + "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private void chunk(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(bytes, 0, length);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk.toByteArray());
    }

    private Reply post(String path, String headers, byte[] body) throws IOException {
        return send("POST", path, headers, body);
    }

    private Reply send(String method, String path, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((method + " /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\n" + headers
                        + (method.equals("POST") ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        out.write(request.toByteArray());
        return reply();
    }

    private Reply reply() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Reply(status, headers, in.readNBytes(Integer.parseInt(headers.get("content-length"))));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the Runtime API has gone");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    private static String member(String event, String name) {
        Matcher matcher = MEMBER.matcher(event);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2);
            }
        }
        return "";
    }

    private static String quote(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
