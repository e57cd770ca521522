package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A runtime played by a thread of the test, which stands for the process. */
final class PlayedRuntime {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHORT_MILLIS = 50;

    private final RuntimeApi server;
    private final int port;
    private Thread process;
    private volatile Part part;
    private volatile Throwable fault;
    private volatile Socket api;

    /** What the function does with an event. */
    interface Part {
        /** Before it asks for its first event. */
        default void begin(PlayedRuntime runtime) throws IOException {}

        /** @param id of the request */
        void play(PlayedRuntime runtime, String id) throws IOException;
    }

    PlayedRuntime(RuntimeApi server) {
        this.server = server;
        this.port = Integer.parseInt(server.address().split(":")[1]);
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    void start() {
        process = new Thread(this::play, "fuzz-runtime");
        process.setDaemon(true);
        process.start();
    }

    void kill() throws InterruptedException {
        while (isRunning()) {
            close(api);
            process.join(10);
        }
    }

    /** Plays this part from the next event on. */
    void give(Part next) {
        part = next;
    }

    /** What the Runtime API did wrong since the last time that this was asked. */
    Throwable takeFault() {
        Throwable taken = fault;
        fault = null;
        return taken;
    }

    private void play() {
        try {
            connect();
            part.begin(this);
            while (true) {
                String id = next();
                part.play(this, id);
            }
        } catch (IOException e) {
            // It ends, or is to end.
        } catch (RuntimeException | AssertionError e) {
            fault = e;
        } finally {
            close(api);
            server.processHasEnded();
        }
    }

    /** Another connection; the one before is closed. */
    void connect() throws IOException {
        close(api);
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connection.setTcpNoDelay(true);
        // Nothing waits for the peer when it is closed, and no port is kept for a while after.
        connection.setSoLinger(true, 0);
        api = connection;
    }

    private String next() throws IOException {
        send("GET", "invocation/next", "\r\n");
        return answer(0).replaceFirst("(?is).*\r\nlambda-runtime-aws-request-id: ([^\r]*).*", "$1");
    }

    void send(String method, String path, String rest) throws IOException {
        send((method + " /2018-06-01/runtime/" + path + " HTTP/1.1\r\nHost: x\r\n" + rest).getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        api.getOutputStream().write(bytes);
    }

    /** Reads one answer, which has to come. */
    String answer() throws IOException {
        try {
            return answer(PATIENCE_MILLIS);
        } catch (EOFException | SocketException | SocketTimeoutException e) {
            throw new AssertionError("The Runtime API gave no answer", e);
        }
    }

    /** Reads an answer if there is one soon. */
    void answerIfAny() throws IOException {
        try {
            answer(SHORT_MILLIS);
        } catch (EOFException | SocketException | SocketTimeoutException e) {
            // Closed, or there is none.
        }
    }

    private String answer(int patienceMillis) throws IOException {
        api.setSoTimeout(patienceMillis);
        InputStream in = api.getInputStream();
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        int length = Integer.parseInt(head.toString().replaceFirst("(?is).*\r\ncontent-length: (\\d+)\r\n.*", "$1"));
        return head + new String(in.readNBytes(length), ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    /** Ends the process. */
    void exit() throws IOException {
        throw new EOFException("exit");
    }

    /** Waits until somebody ends the process. */
    void hang() throws IOException {
        api.setSoTimeout(0);
        while (api.getInputStream().read() >= 0) {
            // Nothing is said to it.
        }
        throw new EOFException();
    }

    private static void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
