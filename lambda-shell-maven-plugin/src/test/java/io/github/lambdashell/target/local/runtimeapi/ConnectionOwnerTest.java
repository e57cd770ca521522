package io.github.lambdashell.target.local.runtimeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConnectionOwnerTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 0x9C66);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 0xAF8D);
    private static final String OTHERS = line("0100007F:8000", "0100007F:9A1B", "01", 1000);
    private static final String MINE = line("0100007F:9C66", "0100007F:AF8D", "01", 1000);

    private static String line(String local, String remote, String state, int userId) {
        return "   1: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 00000000  " + userId
                + "        0 24275 2 00000000eb7a8eb6 20 4 25 18 -1";
    }

    /** @param looks the table at each look, the last one as often as it is wanted */
    private static boolean isUser1000(List<List<String>> looks) {
        Deque<List<String>> next = new ArrayDeque<>(looks);
        ConnectionOwner owner = new ConnectionOwner(
                mayBeWanted -> {
                    List<String> lines = next.size() > 1 ? next.remove() : next.peek();
                    return lines.stream().filter(mayBeWanted).toList();
                },
                Set.of("1000"));
        return owner.isFunctions(PEER, LOCAL);
    }

    @Test
    void theOwnerOfTheOtherEndIsAskedFor() {
        assertThat(isUser1000(List.of(List.of(OTHERS, MINE)))).isTrue();
        assertThat(isUser1000(List.of(List.of(line(
                        "0000000000000000FFFF00000100007F:9C66",
                        "0000000000000000FFFF00000100007F:AF8D",
                        "01",
                        1000)))))
                .isTrue();
        assertThat(isUser1000(List.of(List.of(line("0100007F:9C66", "0100007F:AF8D", "01", 1001)))))
                .isFalse();
        assertThat(isUser1000(List.of(List.of(line("0100007F:AF8D", "0100007F:9C66", "01", 1000)))))
                .as("our own end")
                .isFalse();
        assertThat(isUser1000(List.of(List.of(OTHERS)))).isFalse();
    }

    @Test
    void aTableThatChangedWhileItWasReadIsReadAgain() {
        assertThat(isUser1000(List.of(List.of(OTHERS), List.of(OTHERS, MINE)))).isTrue();
    }

    @Test
    void anEarlierConnectionOfTheSamePortsIsNotTheOneThatIsMeant() {
        String earlier = line("0100007F:9C66", "0100007F:AF8D", "06", 0);
        assertThat(isUser1000(List.of(List.of(earlier), List.of(earlier, MINE))))
                .isTrue();
    }

    @Test
    void connectionsAreKnownWhileOthersComeAndGo() throws Exception {
        ConnectionOwner owner = ConnectionOwner.ofThisSystem();
        AtomicBoolean isOver = new AtomicBoolean();
        try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> comeAndGo(busy, isOver));
            for (int i = 0; i < 100; i++) {
                try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                        Socket accepted = server.accept()) {
                    assertThat(owner.isFunctions(
                                    (InetSocketAddress) accepted.getRemoteSocketAddress(),
                                    (InetSocketAddress) client.getRemoteSocketAddress()))
                            .isTrue();
                }
            }
            isOver.set(true);
            traffic.join();
        }
    }

    private static void comeAndGo(ServerSocket server, AtomicBoolean isOver) {
        while (!isOver.get()) {
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.setSoLinger(true, 0);
                server.accept().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
