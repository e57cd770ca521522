package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A function whose part the test plays: its process does nothing but tell the test where its Runtime API is, and end
 * when the test says so.
 */
final class PlayedRuntime implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHORT_MILLIS = 50;
    private static final String BOOTSTRAP = """
            #!/bin/bash
            exec 3<>/dev/tcp/127.0.0.1/%d
            echo "$AWS_LAMBDA_RUNTIME_API" >&3
            read -r code <&3
            exit "${code:-9}"
            """;

    private final ServerSocket control = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread player = new Thread(this::play, "fuzz-runtime");
    private volatile Part part;
    private volatile Throwable fault;
    private volatile Socket process;
    private int port;
    private volatile Socket api;

    /** What the function does with an event. */
    interface Part {
        /** Before it asks for its first event. */
        default void begin(PlayedRuntime runtime) throws IOException {}

        /** @param id of the request */
        void play(PlayedRuntime runtime, String id) throws IOException;
    }

    PlayedRuntime() throws IOException {
        player.setDaemon(true);
        player.start();
    }

    /** Makes a package of it. */
    void packInto(Path folder) throws IOException {
        Path bootstrap = Files.createDirectories(folder).resolve("bootstrap");
        Files.writeString(bootstrap, String.format(BOOTSTRAP, control.getLocalPort()));
        Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
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
        while (!control.isClosed()) {
            try {
                process = control.accept();
                port = Integer.parseInt(line(process.getInputStream()).split(":")[1]);
                connect();
                Socket started = process;
                new Thread(() -> closeWithIt(started), "fuzz-process").start();
                part.begin(this);
                while (true) {
                    String id = next();
                    part.play(this, id);
                }
            } catch (IOException e) {
                // The process has ended, or is to end.
                close(process);
                close(api);
            } catch (RuntimeException | AssertionError e) {
                fault = e;
                close(process);
                close(api);
            }
        }
    }

    /** Whoever ends the process ends what it has open. */
    private void closeWithIt(Socket started) {
        try {
            while (started.getInputStream().read() >= 0) {
                // It says nothing more.
            }
        } catch (IOException e) {
            // The same.
        }
        if (process == started) {
            close(api);
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

    /** The process ends. */
    void exit(int code) throws IOException {
        process.getOutputStream().write((code + "\n").getBytes(ISO_8859_1));
        throw new EOFException("exit " + code);
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

    @Override
    public void close() throws IOException {
        control.close();
        close(process);
        close(api);
        try {
            player.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
