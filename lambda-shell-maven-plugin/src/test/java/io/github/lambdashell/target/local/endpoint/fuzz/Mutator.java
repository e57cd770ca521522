package io.github.lambdashell.target.local.endpoint.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Spoils bytes at random, the same for the same random numbers. */
final class Mutator {
    private static final int LONGEST_HEADER = 2000;

    /** What parsers of one kind or another may stumble over. */
    private static final List<String> NASTY = List.of(
            "../",
            "..%2f",
            "%2e%2e/",
            "/etc/passwd",
            "\0",
            "%00",
            "%",
            "%zz",
            "\r\n",
            "\n\n",
            "\r\n\r\n",
            " ",
            "\t",
            "A".repeat(5000),
            "{",
            "}",
            "[".repeat(2000),
            "]]>",
            "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>",
            "&y;",
            "<![CDATA[",
            "\u00ff\u00fe",
            "-1",
            "9".repeat(40),
            "0x7fffffff",
            "1e999",
            "NaN",
            "null",
            "true",
            "''",
            "\"",
            "\\",
            "\\u0000",
            "*",
            "&a",
            "*a",
            "!!java.io.File",
            "!Sub ${AWS::x}",
            "Fn::GetAtt",
            "${",
            ":",
            ",",
            "=",
            "&",
            "?",
            "#",
            ";",
            "chunked",
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: 3\r\n",
            "Expect: 100-continue\r\n",
            "HTTP/1.0",
            "HTTP/2",
            "PRI * HTTP/2.0",
            "aws4_request",
            "UNSIGNED-PAYLOAD",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "PK\u0003\u0004",
            "PK\u0001\u0002",
            "PK\u0005\u0006");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** Changes one to four places. */
    byte[] mutate(byte[] bytes) {
        byte[] mutated = bytes;
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    String mutate(String text) {
        return new String(mutate(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** Spoils no more than what may stand in a header. */
    String spoilHeader(String value) {
        String mutated = mutate(value).replaceAll("[^ -~]", "?").strip();
        return mutated.isEmpty() || mutated.length() > LONGEST_HEADER ? value : mutated;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Changes one place. */
    String spoilOnce(String text) {
        return new String(once(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        switch (random.nextInt(7)) {
            case 0 -> {
                for (int i = 0; i < part.length; i++) {
                    part[i] ^= (byte) (1 << random.nextInt(8));
                }
                return join(bytes, at, part, end);
            }
            case 1 -> {
                random.nextBytes(part);
                return join(bytes, at, part, end);
            }
            case 2 -> {
                return join(bytes, at, new byte[0], end);
            }
            case 3 -> {
                return join(bytes, end, part, end);
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.ISO_8859_1);
                return join(bytes, at, nasty, random.nextBoolean() ? at : end);
            }
        }
    }

    private static byte[] join(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }
}
