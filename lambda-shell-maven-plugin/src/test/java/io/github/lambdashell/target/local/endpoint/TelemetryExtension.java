package io.github.lambdashell.target.local.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An extension for tests that subscribes to telemetry, prints what it receives, and waits in each invocation for the event
 * that its runtime is done. Needs nothing but the JDK: it runs inside the sandbox.
 */
final class TelemetryExtension {
    private static final LinkedBlockingQueue<String> RECEIVED = new LinkedBlockingQueue<>();

    private TelemetryExtension() {}

    /** Arguments: its name, the protocol, the host to listen at. */
    public static void main(String[] arguments) throws Exception {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(arguments[2]));
        HttpURLConnection registration = open("POST", "2020-01-01/extension/register", "");
        registration.setRequestProperty("Lambda-Extension-Name", arguments[0]);
        send(registration, "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
        String id = registration.getHeaderField("Lambda-Extension-Identifier");

        Thread receiver = new Thread(() -> receive(server, arguments[1]));
        receiver.setDaemon(true);
        receiver.start();
        String destination = arguments[1].equals("TCP")
                ? "{\"protocol\":\"TCP\",\"port\":" + server.getLocalPort() + "}"
                : "{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:" + server.getLocalPort() + "/x\"}";
        String answer = send(
                open("PUT", "2022-07-01/telemetry", id),
                "{\"schemaVersion\":\"2022-12-13\",\"types\":[\"platform\",\"function\"],\"buffering\":{\"timeoutMs\":25},\"destination\":"
                        + destination + "}");
        System.out.println("subscribed: " + answer);
        System.out.println("listening on " + arguments[2]);
        while (true) {
            String event = send(open("GET", "2020-01-01/extension/event/next", id), null);
            if (event.contains("SHUTDOWN")) {
                return;
            }
            for (String batch = ""; !batch.contains("platform.runtimeDone"); batch = RECEIVED.take()) {
                // Next one.
            }
        }
    }

    private static HttpURLConnection open(String method, String path, String id) throws IOException {
        URL url = new URL("http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/" + path);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod(method);
        if (!id.isEmpty()) {
            connection.setRequestProperty("Lambda-Extension-Identifier", id);
        }
        return connection;
    }

    private static String send(HttpURLConnection connection, String body) throws IOException {
        if (body != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode() + " "
                + new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void receive(ServerSocket server, String protocol) {
        try {
            while (true) {
                Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                if (protocol.equals("TCP")) {
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        received(line);
                    }
                } else {
                    int length = 0;
                    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                        if (line.startsWith("Content-Length: ")) {
                            length = Integer.parseInt(line.substring(16));
                        }
                    }
                    char[] body = new char[length];
                    int size = 0;
                    while (size < length) {
                        size += in.read(body, size, length - size);
                    }
                    received(new String(body));
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private static void received(String batch) {
        System.out.println("received: " + batch);
        RECEIVED.add(batch);
    }
}
