package io.github.lambdashell.function.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON value as RFC 8259 has it, strictly. An object becomes a {@link Map} in the text's order (of two equal
 * names the last one counts), an array a {@link List}, a number a {@link Long} where it is whole and fits, else a
 * {@link Double}; strings, booleans and null become themselves.
 */
public final class JsonReader {
    /** Objects and arrays nested deeper than this are refused, long before the stack overflows. */
    static final int DEEPEST = 100;

    private static final int END = -1;

    private final String text;
    private int position;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads the value that {@code utf8} holds.
     *
     * @return null for the JSON value {@code null}
     * @throws ParseException when it is not UTF-8, or not exactly one JSON value; its message quotes nothing of it
     */
    public static Object read(byte[] utf8) throws ParseException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ParseException("not UTF-8", 0);
        }
        JsonReader reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.skipBlanks();
        if (reader.peek() != END) {
            throw reader.unexpected();
        }
        return value;
    }

    private Object value(int depth) throws ParseException {
        if (depth > DEEPEST) {
            throw new ParseException("nested too deep", position);
        }
        skipBlanks();
        switch (peek()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return literal("true", Boolean.TRUE);
            case 'f':
                return literal("false", Boolean.FALSE);
            case 'n':
                return literal("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) throws ParseException {
        Map<String, Object> members = new LinkedHashMap<>();
        position++;
        skipBlanks();
        if (accept('}')) {
            return members;
        }
        do {
            skipBlanks();
            if (peek() != '"') {
                throw unexpected();
            }
            String name = string();
            skipBlanks();
            expect(':');
            members.put(name, value(depth + 1));
            skipBlanks();
        } while (accept(','));
        expect('}');
        return members;
    }

    private List<Object> array(int depth) throws ParseException {
        List<Object> elements = new ArrayList<>();
        position++;
        skipBlanks();
        if (accept(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
            skipBlanks();
        } while (accept(','));
        expect(']');
        return elements;
    }

    private String string() throws ParseException {
        int start = ++position;
        while (peek() != '"' && peek() != '\\' && peek() >= ' ') {
            position++;
        }
        if (accept('"')) {
            return text.substring(start, position - 1);
        }
        StringBuilder characters = new StringBuilder().append(text, start, position);
        while (!accept('"')) {
            int next = peek();
            if (next < ' ') {
                throw unexpected();
            }
            position++;
            characters.append(next == '\\' ? escaped() : (char) next);
        }
        return characters.toString();
    }

    private char escaped() throws ParseException {
        int letter = peek();
        int which = "\"\\/bfnrtu".indexOf(letter);
        if (letter == END || which < 0) {
            throw unexpected();
        }
        position++;
        if (letter != 'u') {
            return "\"\\/\b\f\n\r\t".charAt(which);
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() > 'f' ? -1 : Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            unit = unit << 4 | digit;
            position++;
        }
        return (char) unit;
    }

    private Number number() throws ParseException {
        int start = position;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        boolean whole = true;
        if (accept('.')) {
            whole = false;
            digits();
        }
        if (accept('e') || accept('E')) {
            whole = false;
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        String digits = text.substring(start, position);
        if (whole) {
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException e) {
                // Too large.
            }
        }
        return Double.valueOf(digits);
    }

    private void digits() throws ParseException {
        if (peek() < '0' || peek() > '9') {
            throw unexpected();
        }
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
    }

    private Object literal(String word, Object value) throws ParseException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private boolean accept(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            position++;
        }
        return there;
    }

    private void expect(char wanted) throws ParseException {
        if (!accept(wanted)) {
            throw unexpected();
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            position++;
        }
    }

    private ParseException unexpected() {
        return new ParseException(peek() == END ? "ends too early" : "not JSON", position);
    }
}
