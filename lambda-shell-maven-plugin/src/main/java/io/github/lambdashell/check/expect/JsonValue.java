package io.github.lambdashell.check.expect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.NoValueException;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Expects a value in a stream that is one JSON document.
 *
 * @param stream the stream, not null
 * @param path a valid JSONPath, not null
 * @param comparison the expected value, as text: a string's characters, otherwise its JSON; not null
 */
public record JsonValue(Stream stream, String path, Comparison comparison) implements Expectation {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(MAPPER))
            .mappingProvider(new JacksonMappingProvider(MAPPER))
            .build();

    /**
     * Validates a path.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static String valid(String path) {
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("must begin with $, but is " + Text.apostrophes(path));
        }
        try {
            JsonPath.compile(path);
            return path;
        } catch (JsonPathException e) {
            throw new IllegalArgumentException(
                    "is not a JSONPath: " + Text.apostrophes(path) + "; "
                            + e.getMessage().strip(),
                    e);
        }
    }

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        try {
            return comparison.ofText(path + " of " + stream, value(seen));
        } catch (NoValueException e) {
            return List.of(Violation.of(e.getMessage()));
        }
    }

    /**
     * Returns the value.
     *
     * @throws NoValueException when there is none
     */
    public String value(Observation seen) throws NoValueException, IOException {
        Output output = stream.of(seen.command());
        JsonPart part = JsonPart.of(path);
        JsonNode found;
        try (InputStream in = output.open()) {
            JsonNode document = part.read(in, MAPPER);
            if (document == null) {
                throw new NoValueException(stream + " has nothing at " + path);
            }
            if (document.isMissingNode()) {
                throw new NoValueException(stream + " is empty, but expected JSON");
            }
            // A function such as length() returns a plain number.
            Object read = JsonPath.compile(part.rest()).read(document, JACKSON);
            found = read instanceof JsonNode node ? node : MAPPER.valueToTree(read);
        } catch (JsonPart.TooLargeException e) {
            throw new NoValueException(path + " of " + stream + " searches more than " + JsonPart.MAX_BYTES
                    + " bytes; begin the path with the names of a smaller part");
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new NoValueException(
                    stream + " is not JSON" + place + ": " + Text.line(firstLine(e.getOriginalMessage())));
        } catch (JsonPathException e) {
            throw new NoValueException(stream + " has nothing at " + path);
        }
        if (!JsonPath.isPathDefinite(path) && found.isArray() && found.size() < 2) {
            if (found.isEmpty()) {
                throw new NoValueException(stream + " has nothing at " + path);
            }
            found = found.get(0);
        }
        return text(found);
    }

    private static String text(JsonNode node) {
        if (node.isBigDecimal()) {
            return node.decimalValue().toPlainString();
        }
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
