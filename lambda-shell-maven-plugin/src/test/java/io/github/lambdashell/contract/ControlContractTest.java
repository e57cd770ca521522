package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlContractTest extends ContractTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer bucket;

    /** Stands where the stack's bucket is: what is not there yet is a 404, as a presigned URL's object is a 403. */
    @BeforeEach
    void startBucket() throws IOException {
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/", exchange -> {
            byte[] object = objects.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(object == null ? 404 : 200, object == null ? -1 : object.length);
            if (object != null) {
                exchange.getResponseBody().write(object);
            }
            exchange.close();
        });
        bucket.start();
    }

    @AfterEach
    void stopBucket() {
        bucket.stop(0);
    }

    private String url(int number) {
        return "http://127.0.0.1:" + bucket.getAddress().getPort() + "/" + number + "?X-Amz-Signature=a%2Bb&c=d";
    }

    private void put(int number, String json) {
        objects.put("/" + number, json.getBytes(StandardCharsets.UTF_8));
    }

    private String stdin(String text) {
        return "\"stdin\": \"" + Function.base64(text.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    private ObjectNode controlled(String command) {
        ObjectNode request = Function.request(command).put("timeoutMillis", 30_000);
        request.putObject("control").put("url", url(1));
        return request;
    }

    @Test
    void standardInputComesPieceByPieceUntilItIsClosed() {
        put(1, "{" + stdin("one\n") + ", \"next\": \"" + url(2) + "\"}");
        ObjectNode request = controlled("while read -r line; do echo got $line; done; echo end");

        Answer answer = function.invoke(request.toString(), soFar -> {
            if (soFar.out().equals("got one\n")) {
                put(2, "{" + stdin("two\nthr") + ", \"next\": \"" + url(3) + "\"}");
                put(3, "{" + stdin("ee\n") + ", \"closeStdin\": true}");
            }
        });

        assertThat(answer.out()).isEqualTo("got one\ngot two\ngot three\nend\n");
        assertThat(answer.timedOut()).isFalse();
    }

    @Test
    void standardInputOfTheRequestComesFirst() {
        put(1, "{\"closeStdin\": true}");

        Answer answer = function.invoke(controlled("cat").put("stdin", Function.base64("first".getBytes())));

        assertThat(answer.out()).isEqualTo("first");
    }

    @Test
    void aSignalEndsEverythingThatTheCommandStarted() {
        Answer answer = function.invoke(
                controlled("sleep 100 & (setsid sleep 100 &); echo begun; sleep 100")
                        .toString(),
                soFar -> {
                    if (soFar.out().equals("begun\n")) {
                        put(1, "{\"signal\": \"TERM\"}");
                    }
                });

        assertThat(answer.result.get("interrupted").asBoolean()).isTrue();
        assertThat(answer.timedOut()).isFalse();
        assertThat(answer.exitCode()).isEqualTo(143);
        assertThat(answer.result.has("stragglers")).isFalse();
    }

    @Test
    void ctrlCReachesTheCommandsOwnTrap() {
        Answer answer = function.invoke(
                controlled("trap 'echo caught; exit 7' INT; echo begun; while :; do sleep 0.1; done")
                        .toString(),
                soFar -> {
                    if (soFar.out().equals("begun\n")) {
                        put(1, "{\"signal\": \"INT\", \"next\": \"" + url(2) + "\"}");
                    }
                });

        assertThat(answer.out()).isEqualTo("begun\ncaught\n");
        assertThat(answer.exitCode()).isEqualTo(7);
        assertThat(answer.result.get("interrupted").asBoolean()).isTrue();
    }

    @Test
    void anythingElseThanAnObjectMeansNotYet() throws InterruptedException {
        put(1, "<Error>no</Error>");
        Thread later = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(700);
                put(1, "[\"no\"]");
                TimeUnit.MILLISECONDS.sleep(700);
                put(1, "{\"closeStdin\": true}");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        later.start();

        assertThat(function.invoke(controlled("cat; echo end")).out()).isEqualTo("end\n");
        later.join();
    }

    @Test
    void theUrlReachesNeitherTheCommandNorTheLog() {
        put(1, "{\"closeStdin\": true}");

        Answer answer = function.invoke(controlled("env; cat /proc/$PPID/environ"));
        Function.Plain plain =
                function.invokePlain(controlled("true").put("accept", "json").toString());

        assertThat(answer.out()).contains("_HANDLER").doesNotContain("X-Amz-Signature");
        assertThat(plain.log()).doesNotContain("X-Amz-Signature");
    }
}
