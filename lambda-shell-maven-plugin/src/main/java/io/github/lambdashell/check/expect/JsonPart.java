package io.github.lambdashell.check.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a JSON document that the plain beginning of a JSONPath selects, its names and indexes. The rest of the
 * document is skipped, so it may be larger than the memory.
 *
 * @param steps names and indexes, from the document's root on
 * @param rest the rest of the path, beginning with {@code $}
 */
record JsonPart(List<Object> steps, String rest) {
    /** The maximum size of the part; its tree takes many times that in memory. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** {@code .name} but not a function, {@code ['name']}, {@code [0]}. */
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_]\\w*+)(?![(-])|\\['([^'\\\\]+)']|\\[(\\d{1,9})]");

    /** The part is too large. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Parses a path. */
    static JsonPart of(String path) {
        List<Object> steps = new ArrayList<>();
        int end = 1;
        Matcher step = STEP.matcher(path);
        while (step.region(end, path.length()).lookingAt()) {
            if (step.group(3) != null) {
                steps.add(Integer.valueOf(step.group(3)));
            } else {
                steps.add(step.group(1) == null ? step.group(2) : step.group(1));
            }
            end = step.end();
        }
        return new JsonPart(steps, "$" + path.substring(end));
    }

    /**
     * Reads the document and returns the part.
     *
     * @return the part; null when the document has none there, a {@link MissingNode} when there is no document
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is not JSON
     * @throws TooLargeException when the part has more than {@value #MAX_BYTES} bytes
     */
    JsonNode read(InputStream document, ObjectMapper mapper) throws IOException {
        Bounded bounded = new Bounded(document);
        try (JsonParser parser = mapper.createParser(bounded)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode found = find(parser, 0, bounded);
            if (parser.nextToken() != null) {
                throw new com.fasterxml.jackson.core.JsonParseException(
                        parser, "unexpected content after the document");
            }
            return found;
        }
    }

    /** Reads the current value. */
    private JsonNode find(JsonParser parser, int depth, Bounded bounded) throws IOException {
        if (depth == steps.size()) {
            bounded.left = MAX_BYTES;
            JsonNode part = parser.readValueAsTree();
            bounded.left = Long.MAX_VALUE;
            return part;
        }
        JsonNode found = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean here = parser.currentName().equals(steps.get(depth));
                parser.nextToken();
                found = here ? find(parser, depth + 1, bounded) : skip(parser, found);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                boolean here = steps.get(depth).equals(index);
                found = here ? find(parser, depth + 1, bounded) : skip(parser, found);
            }
        }
        return found;
    }

    private static JsonNode skip(JsonParser parser, JsonNode found) throws IOException {
        parser.skipChildren();
        return found;
    }

    /** A stream of which a limited number of bytes can be read. */
    private static final class Bounded extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new TooLargeException();
            }
            return count;
        }
    }
}
