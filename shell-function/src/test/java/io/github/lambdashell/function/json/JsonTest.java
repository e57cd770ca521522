package io.github.lambdashell.function.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our JSON against Jackson's, on generated values, generated damage, and the corners of the grammar. */
class JsonTest {
    private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");
    private static final ObjectMapper JACKSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private static final String ALPHABET = "ab \"\\/\b\f\n\r\t\0\u001f\u007fé€\u2028\ufeff{}[]:,0";

    @Test
    void whatWeWriteJacksonReadsAsTheSame() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            Object value = value(random, 0);
            assertThat(JACKSON.readValue(JsonWriter.write(value), Object.class)).isEqualTo(value);
        }
    }

    @Test
    void whatJacksonWritesWeReadAsTheSame() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 5000; i++) {
            Object value = value(random, 0);
            byte[] plain = JACKSON.writeValueAsBytes(value);
            byte[] pretty = JACKSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
            assertThat(JsonReader.read(plain)).isEqualTo(value);
            assertThat(JsonReader.read(pretty)).isEqualTo(value);
        }
    }

    @Test
    void damagedJsonIsRefusedWhereJacksonRefusesIt() throws Exception {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] json = JACKSON.writeValueAsBytes(value(random, 0));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                byte[] marks = "{}[]\":,\\u0-1.eE+tn \n".getBytes(StandardCharsets.US_ASCII);
                int position = random.nextInt(json.length);
                if (json[position] > 0) {
                    json[position] = marks[random.nextInt(marks.length)];
                }
            }
            Object theirs = readByJackson(json);
            if (theirs == REFUSED
                    && SURROGATE
                            .matcher(new String(json, StandardCharsets.UTF_8))
                            .find()) {
                // RFC 8259 permits half of a pair; Jackson refuses it, other parsers, such as Node.js's, do not.
                continue;
            }
            if (theirs == REFUSED) {
                refused++;
                assertThatExceptionOfType(ParseException.class)
                        .as(new String(json, StandardCharsets.UTF_8))
                        .isThrownBy(() -> JsonReader.read(json));
            } else {
                assertThat(JsonReader.read(json))
                        .as(new String(json, StandardCharsets.UTF_8))
                        .isEqualTo(theirs);
            }
        }
        assertThat(refused).isBetween(10_000, 29_000);
    }

    private static final Object REFUSED = new Object();

    private static Object readByJackson(byte[] json) throws Exception {
        try {
            return JACKSON.readValue(new String(json, StandardCharsets.UTF_8), Object.class);
        } catch (JsonProcessingException e) {
            return REFUSED;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "NaN",
                "0x1",
                "tru",
                "nul",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"a",
                "\"\n\"",
                "[1 2]",
                "{} {}",
                "\ufeff{}",
                "{\"a\" 1}"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void invalidUtf8IsRefused() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xc3, '"'}))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void endlessNestingIsRefusedAndDoesNotOverflowTheStack() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("nested");
    }

    @Test
    void aRefusalQuotesNothingOfTheText() {
        assertThatThrownBy(() -> JsonReader.read("{\"url\":\"https://secret\"".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("ends too early");
    }

    @Test
    void halfASurrogatePairSurvives() throws Exception {
        for (String half : List.of("\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
            assertThat(JsonReader.read(JsonWriter.write(half))).isEqualTo(half);
        }
    }

    @Test
    void ofTwoEqualNamesTheLastCounts() throws Exception {
        assertThat(JsonReader.read("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Map.of("a", 2L));
    }

    private static Object value(Random random, int depth) {
        switch (random.nextInt(depth > 4 ? 6 : 9)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return random.nextLong() >> random.nextInt(64) >> 5;
            case 3:
                return random.nextDouble() * Math.pow(10, random.nextInt(60) - 30);
            case 4:
            case 5:
                return text(random);
            case 6:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                return list;
            default:
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), value(random, depth + 1));
                }
                return map;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            if (random.nextInt(10) == 0) {
                text.appendCodePoint(0x10000 + random.nextInt(0x1000));
            } else {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return text.toString();
    }
}
