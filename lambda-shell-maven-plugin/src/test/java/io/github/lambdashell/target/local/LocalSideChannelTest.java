package io.github.lambdashell.target.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSideChannelTest {
    private static final byte[] BYTES = "a message".getBytes(StandardCharsets.UTF_8);

    private final LocalSideChannel channel = LocalSideChannel.open();
    private final HttpClient command = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        channel.start();
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void aCommandReadsWhatTheSessionStored() throws IOException, InterruptedException {
        String key = channel.newKey();
        assertThat(get(channel.urlToGet(key)).statusCode()).isEqualTo(404);

        channel.put(key, BYTES);
        HttpResponse<byte[]> response = get(channel.urlToGet(key));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(BYTES);
    }

    @Test
    void theSessionReadsWhatACommandStored() throws IOException, InterruptedException {
        String key = channel.newKey();

        assertThat(put(channel.urlToPut(key))).isEqualTo(200);

        assertThat(channel.get(key)).hasBinaryContent(BYTES);
    }

    @Test
    void aDeletedObjectIsGone() throws IOException, InterruptedException {
        String key = channel.newKey();
        channel.put(key, BYTES);
        channel.delete(List.of(key));

        assertThat(get(channel.urlToGet(key)).statusCode()).isEqualTo(404);
    }

    @Test
    void aKeyOutsideOfTheChannelIsRefused() throws IOException, InterruptedException {
        URI other = channel.urlToPut(channel.newKey()).resolve("/other/key");

        assertThat(put(other)).isEqualTo(403);
    }

    private HttpResponse<byte[]> get(URI url) throws IOException, InterruptedException {
        return command.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private int put(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .PUT(BodyPublishers.ofByteArray(BYTES))
                .build();
        return command.send(request, BodyHandlers.discarding()).statusCode();
    }
}
