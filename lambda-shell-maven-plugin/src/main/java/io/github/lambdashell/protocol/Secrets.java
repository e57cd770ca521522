package io.github.lambdashell.protocol;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets that must not appear in outputs and reports: literal values, and optionally the values that follow the names
 * of AWS's credential variables, because only the sandbox knows them. Encoded or shortened values are not found.
 * Immutable.
 *
 * <p>The search compares a hash of four bytes at each position with the hashes of all patterns' first four bytes, and
 * compares the patterns themselves only if one is equal.
 */
public final class Secrets {
    /** Replacement of a secret. */
    public static final String MASK = "***";
    /** Minimum length of a secret: shorter values would mask too much output, and the search needs four bytes. */
    public static final int MIN_LENGTH = 4;

    private static final byte[] MASK_BYTES = MASK.getBytes(StandardCharsets.US_ASCII);
    private static final List<String> CREDENTIALS =
            List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
    /** The text with which a message shortens a value. */
    private static final Pattern SHORTENED = Pattern.compile("[\"']? and \\d+ more characters?");

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int HASH_BITS = 13;

    private static final int NO_MATCH = -1;
    private static final int INCOMPLETE = -2;

    private final List<String> literals;
    private final boolean credentials;
    /** Patterns, the longest first. */
    private final List<Target> targets;
    /** Hashes of the first four bytes of all patterns. */
    private final boolean[] beginnings = new boolean[1 << HASH_BITS];

    /**
     * A pattern.
     *
     * @param bytes the bytes to find, not null
     * @param name whether it is the name of a variable whose value is the secret
     */
    private record Target(byte[] bytes, boolean name) {
        static Target of(String text, boolean name) {
            return new Target(text.getBytes(StandardCharsets.UTF_8), name);
        }

        boolean matches(byte[] in, int at, int length) {
            return Arrays.equals(in, at, at + length, bytes, 0, length);
        }
    }

    private Secrets(Stream<String> values, boolean credentials) {
        this.credentials = credentials;
        literals = values.flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines()))
                .filter(secret -> secret.length() >= MIN_LENGTH)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        targets = Stream.concat(
                        literals.stream().map(literal -> Target.of(literal, false)),
                        credentials ? CREDENTIALS.stream().map(name -> Target.of(name, true)) : Stream.empty())
                .sorted(Comparator.comparingInt((Target target) -> target.bytes.length)
                        .reversed())
                .toList();
        targets.forEach(target -> beginnings[hash(target.bytes, 0)] = true);
    }

    private static int hash(byte[] bytes, int at) {
        return (int) FOUR_BYTES.get(bytes, at) * 0x9E3779B1 >>> Integer.SIZE - HASH_BITS;
    }

    /**
     * Returns literal values as secrets. Each line of a value with several lines is a secret too.
     *
     * @param values not null; values of less than {@value #MIN_LENGTH} characters are not masked
     */
    public static Secrets literals(Collection<String> values) {
        return new Secrets(values.stream(), false);
    }

    /**
     * Returns literal values, the values of variables, and those of AWS's credential variables as secrets.
     *
     * @param values literal values, not null
     * @param variables names of variables, not null
     * @param environments environments in which they are looked up, not null
     */
    public static Secrets of(
            Collection<String> values, Collection<String> variables, Stream<Map<String, String>> environments) {
        Stream<String> set = environments.flatMap(
                environment -> variables.stream().map(environment::get).filter(Objects::nonNull));
        return new Secrets(Stream.concat(values.stream(), set), true);
    }

    /** Returns these secrets and further literal values. */
    public Secrets and(Collection<String> values) {
        return new Secrets(Stream.concat(literals.stream(), values.stream()), credentials);
    }

    /** Masks the secrets in a text, also those that {@code Text} has shortened at their end. */
    public String mask(String text) {
        if (!text.contains(" more character")) {
            return masked(text, true);
        }
        Matcher shortened = SHORTENED.matcher(text);
        StringBuilder masked = new StringBuilder();
        int start = 0;
        while (shortened.find()) {
            masked.append(maskHead(text.substring(start, shortened.start())));
            start = shortened.start();
        }
        return masked.append(masked(text.substring(start), true)).toString();
    }

    /** Masks the beginning of a longer text, at whose end a secret may be cut. */
    public String maskHead(String text) {
        return masked(text, false);
    }

    /** Masks the end of a longer text, at whose beginning a secret may be cut. */
    public String maskTail(String text) {
        int cut = 0;
        for (String secret : literals) {
            for (int length = Math.min(secret.length() - 1, text.length()); length > cut; length--) {
                if (text.startsWith(secret.substring(secret.length() - length))) {
                    cut = length;
                }
            }
        }
        return cut == 0 ? masked(text, true) : MASK + masked(text.substring(cut), true);
    }

    private String masked(String text, boolean complete) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (find(bytes, 0, bytes.length) == bytes.length) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        Masking masking = new Masking(out::write);
        masking.write(bytes, 0, bytes.length);
        if (!complete && masking.holdsLiteral()) {
            out.writeBytes(MASK_BYTES);
        } else {
            masking.end();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the first position of a pattern that is complete or cut by the end; {@code to} if there is none. */
    private int find(byte[] in, int from, int to) {
        int last = to - MIN_LENGTH;
        for (int at = from; at <= last; at++) {
            if (beginnings[hash(in, at)] && isCandidate(in, at, to)) {
                return at;
            }
        }
        for (int at = Math.max(from, last + 1); at < to; at++) {
            if (isCandidate(in, at, to)) {
                return at;
            }
        }
        return to;
    }

    private boolean isCandidate(byte[] in, int at, int to) {
        for (Target target : targets) {
            if (target.matches(in, at, Math.min(target.bytes.length, to - at))) {
                return true;
            }
        }
        return false;
    }

    /** A receiver of masked bytes. */
    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int offset, int length);
    }

    /** The masking of one stream. Only bytes that can be the beginning of a secret are held back. */
    final class Masking {
        private final Sink sink;
        private byte[] held = new byte[0];
        /** True if the next bytes belong to a value that is already masked. */
        private boolean inValue;

        Masking(Sink sink) {
            this.sink = sink;
        }

        void write(byte[] bytes, int offset, int length) {
            if (held.length == 0) {
                mask(bytes, offset, offset + length, false);
            } else {
                byte[] joined = Arrays.copyOf(held, held.length + length);
                System.arraycopy(bytes, offset, joined, held.length, length);
                held = new byte[0];
                mask(joined, 0, joined.length, false);
            }
        }

        /** Passes on the bytes that are held back, at the end of the stream. */
        void end() {
            byte[] rest = held;
            held = new byte[0];
            mask(rest, 0, rest.length, true);
            inValue = false;
        }

        boolean holdsLiteral() {
            return held.length > 0
                    && targets.stream()
                            .anyMatch(target -> !target.name
                                    && held.length < target.bytes.length
                                    && target.matches(held, 0, held.length));
        }

        private void mask(byte[] in, int from, int to, boolean last) {
            int passed = from;
            int at = from;
            while (at < to) {
                if (inValue) {
                    while (at < to && !isDelimiter(in[at])) {
                        at++;
                    }
                    inValue = at == to;
                    passed = at;
                    continue;
                }
                at = find(in, at, to);
                int end = at == to ? NO_MATCH : match(in, at, to, last);
                if (end == NO_MATCH) {
                    at = Math.min(at + 1, to);
                } else if (end == INCOMPLETE) {
                    pass(in, passed, at);
                    held = Arrays.copyOfRange(in, at, to);
                    return;
                } else {
                    // The end of a literal, or the beginning of a credential's value.
                    pass(in, passed, inValue ? end : at);
                    sink.write(MASK_BYTES, 0, MASK_BYTES.length);
                    passed = end;
                    at = end;
                }
            }
            pass(in, passed, to);
        }

        private void pass(byte[] in, int from, int to) {
            if (to > from) {
                sink.write(in, from, to - from);
            }
        }

        /** Returns the end of the longest literal at a position, or the beginning of a credential's value. */
        private int match(byte[] in, int at, int to, boolean last) {
            for (Target target : targets) {
                int length = Math.min(target.bytes.length, to - at);
                if (!target.matches(in, at, length)) {
                    continue;
                }
                if (length < target.bytes.length) {
                    if (!last) {
                        return INCOMPLETE;
                    }
                } else if (!target.name) {
                    return at + length;
                } else {
                    int value = valueAfter(in, at + length, to);
                    inValue = value >= 0;
                    return value == INCOMPLETE && last ? NO_MATCH : value;
                }
            }
            return NO_MATCH;
        }
    }

    /** Returns the beginning of the value in {@code NAME=value}, {@code NAME="value"} or {@code "NAME": "value"}. */
    private static int valueAfter(byte[] in, int nameEnd, int to) {
        int at = nameEnd;
        at += at < to && isQuote(in[at]) ? 1 : 0;
        at += at < to && isSpace(in[at]) ? 1 : 0;
        if (at < to && in[at] != '=' && in[at] != ':') {
            return NO_MATCH;
        }
        at++;
        at += at < to && isSpace(in[at]) ? 1 : 0;
        at += at < to && isQuote(in[at]) ? 1 : 0;
        if (at >= to) {
            return INCOMPLETE;
        }
        return isDelimiter(in[at]) ? NO_MATCH : at;
    }

    private static boolean isQuote(byte b) {
        return b == '"' || b == '\'';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static boolean isDelimiter(byte b) {
        return isSpace(b) || isQuote(b) || b == ',';
    }
}
