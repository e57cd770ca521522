package io.github.lambdashell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlContractTest extends ContractTest {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer bucket;

    /** Serves objects like the stack's bucket. */
    @BeforeEach
    void startBucket() throws IOException {
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/", exchange -> {
            byte[] object = objects.get(exchange.getRequestURI().getPath());
            fetched.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(object == null ? 404 : 200, object == null ? -1 : object.length);
            if (object != null) {
                exchange.getResponseBody().write(object);
            }
            exchange.close();
        });
        bucket.createContext("/await", exchange -> {
            String[] wanted = exchange.getRequestURI().getPath().split("/");
            while (Collections.frequency(fetched, "/" + wanted[2]) < Integer.parseInt(wanted[3])) {
                LockSupport.parkNanos(5_000_000);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        bucket.setExecutor(threads);
        bucket.start();
    }

    @AfterEach
    void stopBucket() {
        bucket.stop(0);
        threads.shutdown();
    }

    private String url(int number) {
        return "http://127.0.0.1:" + bucket.getAddress().getPort() + "/" + number + "?X-Amz-Signature=a%2Bb&c=d";
    }

    /** Returns a command that waits until an object has been asked for so many times. */
    private String await(int number, int times) {
        return "exec 3<>/dev/tcp/127.0.0.1/" + bucket.getAddress().getPort() + "; printf 'GET /await/" + number + "/"
                + times + " HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 >/dev/null; exec 3>&-; ";
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

    @Clause({"C1", "C2"})
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

    @Clause("C2")
    @Test
    void standardInputOfTheRequestComesFirst() {
        put(1, "{\"closeStdin\": true}");

        Answer answer = function.invoke(controlled("cat").put("stdin", Function.base64("first".getBytes())));

        assertThat(answer.out()).isEqualTo("first");
    }

    @Clause("X3")
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

    @Clause("X3")
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

    @Clause("C1")
    @Test
    void anythingElseThanAnObjectMeansNotYet() {
        put(1, "<Error>no</Error>");
        String command = await(1, 2) + "echo again; " + await(1, 5) + "echo now; cat; echo end";

        Answer answer = function.invoke(controlled(command).toString(), soFar -> {
            if (soFar.out().equals("again\n")) {
                put(1, "[\"no\"]");
            } else if (soFar.out().equals("again\nnow\n")) {
                put(1, "{\"closeStdin\": true}");
            }
        });

        assertThat(answer.out()).isEqualTo("again\nnow\nend\n");
    }

    @Clause("C1")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"signal\": \"HUP\"}",
                "{\"signal\": 2}",
                "{\"stdin\": \"*\", \"closeStdin\": true}",
                "{\"closeStdin\": \"yes\"}",
                "{\"next\": 5, \"closeStdin\": true}"
            })
    void anObjectThatIsNoMessageMeansNotYet(String object) {
        put(1, object);

        Answer answer = function.invoke(controlled(await(1, 2) + "read -t 0.01 line; echo $?"));

        assertThat(answer.out()).isEqualTo("142\n");
        assertThat(answer.result.get("controlMessages").asInt()).isZero();
    }

    @Clause("C1")
    @Test
    void aCommandThatEndsAtOnceIsNotLookedAfter() {
        function.invoke(controlled("true"));

        assertThat(fetched).isEmpty();
    }

    @Clause("C3")
    @Test
    void whileMuchInputIsUnreadNoMoreIsFetched() {
        for (int i = 1; i <= 8; i++) {
            put(i, "{" + stdin("x".repeat(1_000_000)) + ", \"next\": \"" + url(i + 1) + "\"}");
        }
        put(9, "{\"closeStdin\": true}");

        Answer answer = function.invoke(
                controlled(await(4, 1) + "sleep 0.6; echo now >&2; sleep 1; wc -c")
                        .toString(),
                soFar -> {
                    if (soFar.err().equals("now\n")) {
                        fetched.add("now");
                    }
                });

        assertThat(answer.out().strip()).isEqualTo("8000000");
        assertThat(fetched.subList(0, fetched.indexOf("now"))).contains("/4").doesNotContain("/7");
    }

    @Clause({"C4", "C5"})
    @Test
    void inputThatNoProcessReadsComesBack() {
        put(1, "{" + stdin("one\ntouch /tmp/evil\n") + ", \"next\": \"" + url(2) + "\"}");
        put(2, "{" + stdin("more \u00e9\n") + ", \"next\": \"" + url(3) + "\"}");

        Answer answer = function.invoke(controlled("read line; echo got $line; " + await(3, 1)));

        assertThat(answer.out()).isEqualTo("got one\n");
        assertThat(answer.result.get("controlMessages").asInt()).isEqualTo(2);
        assertThat(unread(answer)).isEqualTo("touch /tmp/evil\nmore \u00e9\n");
    }

    /** Messages follow each other while the commands end. */
    @Clause({"C4", "C5"})
    @Test
    void inputThatIsReceivedWhileACommandEndsComesBack() {
        for (int i = 1; i <= 2000; i++) {
            put(i, "{" + stdin(i + "\n") + ", \"next\": \"" + url(i + 1) + "\"}");
        }
        for (int round = 0; round < 5; round++) {
            Answer answer = function.invoke(controlled("sleep 0.2" + 2 * round));

            int received = answer.result.get("controlMessages").asInt();
            assertThat(unread(answer))
                    .as("round %d", round)
                    .isEqualTo(IntStream.rangeClosed(1, received)
                            .mapToObj(i -> i + "\n")
                            .collect(Collectors.joining()));
        }
    }

    @Clause("C5")
    @Test
    void inputThatFillsMoreThanAPipeComesBack() {
        String text = "0123456789".repeat(50_000);
        put(1, "{" + stdin(text) + ", \"next\": \"" + url(2) + "\"}");

        Answer answer = function.invoke(controlled("head -c 10; " + await(2, 1)));

        // The program may have read more than it wrote.
        assertThat(unread(answer)).hasSizeBetween(400_000, 499_990).endsWith("0123456789");
        assertThat(text).endsWith(unread(answer));
    }

    @Clause("C5")
    @Test
    void theRequestsOwnInputDoesNotComeBack() {
        put(1, "{" + stdin("typed\n") + ", \"next\": \"" + url(2) + "\"}");

        Answer answer = function.invoke(controlled(await(2, 1)).put("stdin", Function.base64("own\n".getBytes())));
        Answer untyped = function.invoke(controlled("true").put("stdin", Function.base64("own\n".getBytes())));

        assertThat(unread(answer)).isEqualTo("typed\n");
        assertThat(untyped.result.has("unreadStdin")).isFalse();
    }

    @Clause({"C4", "C5"})
    @Test
    void withoutMessagesNothingIsReceivedOrUnread() {
        Answer controlled = function.invoke(controlled("sleep 0.5"));
        Answer plain = function.run("true");

        assertThat(controlled.result.get("controlMessages").asInt()).isZero();
        assertThat(controlled.result.has("unreadStdin")).isFalse();
        assertThat(plain.result.has("controlMessages")).isFalse();
    }

    @Clause("C4")
    @Test
    void aMessageAfterTheCommandsEndIsNotReceived() {
        String straggler = "(sleep 0.1; echo straggler; " + await(2, 1) + "echo end) & exit";
        Answer answer = function.invoke(controlled(straggler).toString(), soFar -> {
            if (soFar.out().equals("straggler\n")) {
                put(1, "{" + stdin("late\n") + ", \"next\": \"" + url(2) + "\"}");
            }
        });

        assertThat(answer.out()).startsWith("straggler\n");
        assertThat(fetched).contains("/1");
        assertThat(answer.result.get("controlMessages").asInt()).isZero();
        assertThat(answer.result.has("unreadStdin")).isFalse();
    }

    @Clause("R12")
    @Test
    void aSignalSkipsAllRemainingSteps() {
        ObjectNode request = Function.steps(Function.step("one", "sleep 60"), Function.step("two", "echo never"));
        request.putObject("control").put("url", url(1));
        put(1, "{\"signal\": \"TERM\"}");

        Answer answer = function.invoke(request);

        assertThat(answer.result.get("interrupted").asBoolean()).isTrue();
        assertThat(answer.steps.get(1).isSkipped()).isTrue();
    }

    private static String unread(Answer answer) {
        return new String(
                Base64.getDecoder().decode(answer.result.path("unreadStdin").asText()), StandardCharsets.UTF_8);
    }

    @Clause("C6")
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
