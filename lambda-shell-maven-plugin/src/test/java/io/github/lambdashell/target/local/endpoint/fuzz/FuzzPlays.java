package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.fuzz.PlayedRuntime.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What functions do that is wrong somewhere: what they say to the Runtime API, or that they say nothing. */
final class FuzzPlays {
    private static final int LARGEST_BYTES = 6 * 1024 * 1024 + 100;
    private static final String STREAMING =
            "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n";
    private static final List<String> BROKEN =
            List.of("zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "0\r\n: x\r\n\r\n", "0\r\na\u0001: x\r\n\r\n", "\0");

    private final Random random;
    private final Mutator mutator;

    /** How an invocation has to end. */
    enum End {
        ANSWERED,
        FAILED,
        /** Whether or not is not told by what went wrong. */
        EITHER
    }

    /**
     * What the function does, and what becomes of it.
     *
     * @param kind what is wrong with it
     * @param payload of an answer
     */
    record Play(String kind, End end, byte[] payload, Part part) {}

    FuzzPlays(Random random, Mutator mutator) {
        this.random = random;
        this.mutator = mutator;
    }

    /** Something is wrong with it, or odd at the least. */
    Play next() {
        if (random.nextInt(2000) == 0) {
            return failure("hang", (runtime, id) -> runtime.hang());
        }
        if (random.nextInt(150) == 0) {
            return large();
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> answer("answer");
            case 2, 3 -> trailers();
            case 4 -> broken();
            case 5, 6 -> error();
            case 7 -> outOfTurn();
            case 8 -> mutated();
            case 9 -> cut();
            case 10 -> failure("exit", (runtime, id) -> runtime.exit());
            default -> initialization();
        };
    }

    private static Play failure(String kind, Part part) {
        return new Play(kind, End.FAILED, new byte[0], part);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(1 << random.nextInt(random.nextInt(10) == 0 ? 20 : 10))];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A right answer, whole or in chunks. */
    Play answer(String kind) {
        byte[] payload = bytes();
        byte[] request = response(payload, "\r\n");
        return new Play(kind, End.ANSWERED, payload, (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + "/response", new String(request, ISO_8859_1));
            assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        });
    }

    /**
     * The headers and the body of a response, whole or in chunks.
     *
     * @param trailers of a response in chunks, with the empty line after them
     */
    private byte[] response(byte[] payload, String trailers) {
        String odd = "Content-Type: " + mutator.spoilHeader("application/json") + "\r\nX-Odd: "
                + mutator.spoilHeader("z") + "\r\n";
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        if (trailers.equals("\r\n") && random.nextBoolean()) {
            write(response, odd + "Content-Length: " + payload.length + "\r\n\r\n");
            response.writeBytes(payload);
            return response.toByteArray();
        }
        write(response, odd + STREAMING + "\r\n");
        for (int at = 0; at < payload.length; ) {
            int length = Math.min(payload.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
            write(response, Integer.toHexString(length) + (random.nextInt(9) == 0 ? ";a=b" : "") + "\r\n");
            response.write(payload, at, length);
            write(response, "\r\n");
            at += length;
        }
        write(response, "0\r\n" + trailers);
        return response.toByteArray();
    }

    private Play trailers() {
        String body = random.nextBoolean()
                ? Mutator.base64(mutator.mutate("{\"errorMessage\":\"no\"}"))
                : mutator.spoilHeader("no");
        byte[] request = response(
                bytes(),
                "Lambda-Runtime-Function-Error-Type: " + mutator.spoilHeader("Function.Oops")
                        + "\r\nLambda-Runtime-Function-Error-Body: " + body + "\r\n\r\n");
        return failure("trailers", (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + "/response", new String(request, ISO_8859_1));
            assertThat(runtime.answer()).startsWith("HTTP/1.1 202 ");
        });
    }

    private Play broken() {
        String rest = STREAMING + "\r\n4\r\nhalf\r\n" + BROKEN.get(random.nextInt(BROKEN.size()));
        return failure("broken", (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + "/response", rest);
            runtime.answerIfAny();
            runtime.exit();
        });
    }

    private Play error() {
        byte[] payload = random.nextBoolean() ? bytes() : mutator.mutate("{\"errorMessage\":\"no\"}".getBytes(UTF_8));
        String type = random.nextInt(5) == 0
                ? ""
                : "Lambda-Runtime-Function-Error-Type: " + mutator.spoilHeader("Oops") + "\r\n";
        return error("error", type, payload);
    }

    private static Play error(String kind, String type, byte[] payload) {
        return failure(kind, (runtime, id) -> {
            runtime.send(
                    "POST", "invocation/" + id + "/error", type + "Content-Length: " + payload.length + "\r\n\r\n");
            runtime.send(payload);
            assertThat(runtime.answer()).startsWith("HTTP/1.1 ");
        });
    }

    /** About as much as there may be; as JSON inside JSON, six times as much. */
    private Play large() {
        byte[] payload = new byte[LARGEST_BYTES - 1 + random.nextInt(3)];
        if (random.nextBoolean()) {
            return error("large", "", payload);
        }
        return new Play("large", payload.length > LARGEST_BYTES ? End.FAILED : End.ANSWERED, payload, (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + "/response", "Content-Length: " + payload.length + "\r\n\r\n");
            runtime.send(payload);
            assertThat(runtime.answer()).startsWith(payload.length > LARGEST_BYTES ? "HTTP/1.1 413 " : "HTTP/1.1 202 ");
        });
    }

    /** Requests that are not for now, or not for here, and then the right one. */
    private Play outOfTurn() {
        Play right = answer("out of turn");
        int which = random.nextInt(6);
        String noise = mutator.mutate("noise").replaceAll("[^!-~]", "");
        return new Play(right.kind, right.end, right.payload, (runtime, id) -> {
            switch (which) {
                case 0 -> runtime.send("GET", "invocation/next", "\r\n");
                case 1 -> runtime.send("POST", "init/error", "Content-Length: 2\r\n\r\n{}");
                case 2 -> runtime.send("POST", "invocation/x" + id + "/response", "Content-Length: 2\r\n\r\n{}");
                case 3 -> runtime.send("PUT", "invocation/" + id + "/error", "Content-Length: 2\r\n\r\n{}");
                case 4 ->
                    runtime.send(
                            "POST",
                            "invocation/" + id + "/error",
                            "Lambda-Runtime-Invocation-Id: another\r\nContent-Length: 2\r\n\r\n{}");
                default -> runtime.send("POST", noise, "Content-Length: 0\r\n\r\n");
            }
            assertThat(runtime.answer()).startsWith("HTTP/1.1 4");
            if (which == 5) {
                // A mutated line has no known end.
                runtime.connect();
            }
            right.part.play(runtime, id);
        });
    }

    private Play mutated() {
        byte[] rest = mutator.mutate(response(bytes(), "\r\n"));
        boolean isError = random.nextInt(4) == 0;
        return new Play("mutated", End.EITHER, new byte[0], (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + (isError ? "/error" : "/response"), new String(rest, ISO_8859_1));
            runtime.answerIfAny();
            runtime.exit();
        });
    }

    private Play cut() {
        byte[] whole = response(bytes(), "\r\n");
        String rest = new String(whole, 0, random.nextInt(whole.length), ISO_8859_1);
        boolean isError = random.nextInt(4) == 0;
        // Now and then it lives on, and is asked to end after a second.
        boolean livesOn = rest.contains("\r\n\r\n") && random.nextInt(20) == 0;
        return failure("cut", (runtime, id) -> {
            runtime.send("POST", "invocation/" + id + (isError ? "/error" : "/response"), rest);
            if (!livesOn) {
                runtime.exit();
            }
            runtime.connect();
            runtime.hang();
        });
    }

    /** Said when the process begins, if it does; else the process ends, so that the next one begins. */
    private Play initialization() {
        byte[] payload = bytes();
        String type = mutator.spoilHeader("Runtime.No");
        return failure("initialization", new Part() {
            @Override
            public void begin(PlayedRuntime runtime) throws IOException {
                runtime.send(
                        "POST",
                        "init/error",
                        "Lambda-Runtime-Function-Error-Type: " + type + "\r\nContent-Length: " + payload.length
                                + "\r\n\r\n");
                runtime.send(payload);
                // Unless its process is ended before.
                runtime.answerIfAny();
                runtime.exit();
            }

            @Override
            public void play(PlayedRuntime runtime, String id) throws IOException {
                runtime.exit();
            }
        });
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
