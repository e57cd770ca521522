package io.github.lambdashell.report.text;

import io.github.lambdashell.check.Text;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes secrets out of what people and reports get to see: literal values that are known, and what follows the names of
 * AWS's credential variables, whose values are known to the sandbox alone. It finds a value as it is, not one that was
 * encoded, cut or put together from parts.
 */
public final class Masker {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";
    /** A shorter value would mask half of what is shown. */
    public static final int SHORTEST = 4;

    /** {@code NAME=value}, {@code NAME="value"}, {@code "NAME": "value"}. */
    private static final String CREDENTIALS =
            "(?<=AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"',]+";
    /** What {@link Text} puts behind a value that it shortened. */
    private static final Pattern SHORTENED = Pattern.compile("\"? and \\d+ more characters?");
    /** The most of a line that is held back, in bytes; a session token has about a thousand. */
    private static final int LONGEST_HELD = 8192;

    private final List<String> secrets;
    private final Pattern inText;
    private final Pattern inBytes;

    /**
     * @param secrets literal values, not null; each line of one with several is a secret too, those under
     *     {@value #SHORTEST} characters are left alone
     */
    public Masker(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines()))
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.inText = pattern(this.secrets.stream());
        this.inBytes = pattern(this.secrets.stream().map(Masker::bytesAsText));
    }

    /**
     * One for values that are known, and for those that variables have.
     *
     * @param known literal values, not null
     * @param variables names, not null
     * @param environments where the variables may be set, not null; a null value is none
     */
    public static Masker of(
            Collection<String> known, Collection<String> variables, Stream<Map<String, String>> environments) {
        Stream<String> values = environments.flatMap(
                environment -> variables.stream().map(environment::get).filter(Objects::nonNull));
        return new Masker(Stream.concat(known.stream(), values).toList());
    }

    private static Pattern pattern(Stream<String> literals) {
        return Pattern.compile(Stream.concat(literals.map(Pattern::quote), Stream.of(CREDENTIALS))
                .collect(Collectors.joining("|")));
    }

    /** A text's UTF-8 as one character per byte, so that bytes can be searched like a text. */
    private static String bytesAsText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text without its secrets, also where {@link Text} has cut one off at the end of a value. */
    public String mask(String text) {
        Matcher shortened = SHORTENED.matcher(text);
        StringBuilder masked = new StringBuilder();
        int start = 0;
        while (shortened.find()) {
            masked.append(maskHead(text.substring(start, shortened.start())));
            start = shortened.start();
        }
        return masked.append(masked(text.substring(start))).toString();
    }

    private String masked(String text) {
        return inText.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
    }

    /** The beginning of a longer text, whose end may have cut a secret in two. */
    String maskHead(String text) {
        int end = outside(inText, text, text.length() - beginning(text, secrets));
        return masked(text.substring(0, end)) + (end < text.length() ? MASK : "");
    }

    /** Where to cut a text so that no secret that is whole in it is cut: there, or before the one that lies there. */
    private static int outside(Pattern pattern, String text, int cut) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && matcher.start() < cut) {
            if (matcher.end() > cut) {
                return matcher.start();
            }
        }
        return cut;
    }

    /** The end of a longer text, whose beginning may have cut a secret in two. */
    String maskTail(String text) {
        int cut = 0;
        for (String secret : secrets) {
            for (int length = Math.min(secret.length() - 1, text.length()); length > cut; length--) {
                if (text.startsWith(secret.substring(secret.length() - length))) {
                    cut = length;
                }
            }
        }
        return cut == 0 ? masked(text) : MASK + masked(text.substring(cut));
    }

    /** How many of the last characters are the beginning of a secret. */
    private static int beginning(String text, List<String> secrets) {
        int longest = 0;
        for (String secret : secrets) {
            for (int length = Math.min(secret.length() - 1, text.length()); length > longest; length--) {
                if (text.regionMatches(text.length() - length, secret, 0, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    /**
     * A stream that passes bytes on without their secrets, also where one comes in several pieces. For that it holds
     * back the line that is not complete yet, and what may be a secret's beginning; {@link OutputStream#close()}
     * passes that on, {@link OutputStream#flush()} doesn't.
     */
    public OutputStream wrap(OutputStream out) {
        return new MaskingStream(out);
    }

    private final class MaskingStream extends FilterOutputStream {
        private final List<String> literals =
                secrets.stream().map(Masker::bytesAsText).toList();
        private String held = "";

        MaskingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            String text = held + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
            int line = Math.min(text.length() - 1 - text.lastIndexOf('\n'), LONGEST_HELD);
            int cut = outside(inBytes, text, text.length() - Math.max(beginning(text, literals), line));
            pass(text.substring(0, cut));
            held = text.substring(cut);
        }

        private void pass(String text) throws IOException {
            String masked = inBytes.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
            out.write(masked.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            pass(held);
            held = "";
            super.close();
        }
    }
}
