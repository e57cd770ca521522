package io.github.lambdashell.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers and bodies that are on their way while others wait, and answers that don't come to their end. */
class HttpStreamingTest extends HttpServerFixture {
    @Test
    void partsAreOnTheirWayAtEachFlush() throws Exception {
        BlockingQueue<String> parts = new LinkedBlockingQueue<>();
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            try {
                for (String part = parts.take(); !part.isEmpty(); part = parts.take()) {
                    out.write(part.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.close();
        };
        client.send(put("/", ""));
        parts.add("first");
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        while (!client.line().isEmpty()) {
            // The rest of the head.
        }
        assertThat(client.chunk()).asString().isEqualTo("first");
        parts.add("second");
        assertThat(client.chunk()).asString().isEqualTo("second");
        parts.add("");
        assertThat(client.chunk()).isEmpty();
    }

    @Test
    void anAnswerWithoutItsEndBreaksTheConnection() throws Exception {
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            out.write(new byte[10]);
            out.flush();
            throw new IOException("something went wrong half-way");
        };
        client.send(put("/", ""));
        assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatIsShorterThanAnnouncedBreaksTheConnection() throws Exception {
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), 10);
            out.write(new byte[9]);
            out.close();
        };
        client.send(put("/", ""));
        assertThatThrownBy(client::answer).isInstanceOf(EOFException.class);
    }

    @Test
    void aHandlerThatAnswersNothingBreaksTheConnection() throws Exception {
        handler = exchange -> {};
        client.send(put("/", ""));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aSlowReaderSlowsTheWriter() throws Exception {
        AtomicLong written = new AtomicLong();
        handler = exchange -> {
            OutputStream out = exchange.respondStreaming(200, Map.of(), -1);
            byte[] part = new byte[64 * 1024];
            for (int i = 0; i < 4000; i++) {
                out.write(part);
                written.addAndGet(part.length);
            }
            out.close();
        };
        client.send(put("/", ""));
        long before = -1;
        while (written.get() != before) {
            before = written.get();
            Thread.sleep(300);
        }
        // What the socket's buffers hold is beyond the server's power; 250 MB they don't hold.
        assertThat(before).isLessThan(64L << 20);
        assertThat(client.answer().body()).hasSize(4000 * 64 * 1024);
    }

    @Test
    void aSlowServiceSlowsTheSender() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        handler = exchange -> {
            await(proceed);
            long count = exchange.body().transferTo(OutputStream.nullOutputStream());
            exchange.respond(200, Map.of(), Long.toString(count).getBytes(StandardCharsets.UTF_8));
        };
        int size = 256 << 20;
        AtomicLong sent = new AtomicLong();
        Thread sender = new Thread(() -> {
            try {
                client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
                for (int i = 0; i < size >> 16; i++) {
                    client.send(new byte[1 << 16]);
                    sent.addAndGet(1 << 16);
                }
            } catch (IOException e) {
                // Seen by the assertions below.
            }
        });
        sender.start();
        long before = -1;
        while (sent.get() != before) {
            before = sent.get();
            Thread.sleep(300);
        }
        assertThat(before).isLessThan(64L << 20);
        proceed.countDown();
        assertThat(client.answer().text()).isEqualTo(Integer.toString(size));
        sender.join();
    }
}
