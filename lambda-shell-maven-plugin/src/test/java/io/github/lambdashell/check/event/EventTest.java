package io.github.lambdashell.check.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class EventTest {
    private static final String OTHER =
            "{\"id\": 12345678901234567890.10, \"name\": null, \"tags\": [\"a\", \"b\"], \"x y\": {}}";

    @TempDir
    private Path directory;

    @Test
    void aFileIsPassedOnUnchanged() throws Exception {
        String json = "\n{ \"price\": 1.50, \"name\": \"Käthe\" }\n";
        Path file = Files.writeString(directory.resolve("order.json"), json);

        Event event = Event.file(file);

        assertThat(event.bytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(event.origin()).isEqualTo("file " + file);
    }

    @Test
    void aFileThatCannotBeUsedIsRefused() throws Exception {
        Path missing = directory.resolve("missing.json");
        Path text = Files.writeString(directory.resolve("text.json"), "{\n  \"a\": 1,\n}");
        Path latin = Files.write(directory.resolve("latin.json"), new byte[] {'"', (byte) 0xe4, '"'});
        Path empty = Files.writeString(directory.resolve("empty.json"), "\n");

        assertRefused(missing, "is not found: " + missing + "; specify a file with JSON, or JSON itself");
        assertRefused(directory, "must be a file, but " + directory + " is not");
        assertRefused(
                text,
                "must be JSON, but " + text + " is not: line 3, column 1: Unexpected character ('}' (code 125)): was"
                        + " expecting double-quote to start field name");
        assertRefused(latin, "must be UTF-8 text, but " + latin + " is not");
        assertRefused(empty, "must be JSON, but " + empty + " is not: line 2, column 1: there is no value");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Event.file(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theLimitIsThatOfLambdasRequests() throws Exception {
        String largest = '"' + "x".repeat(Event.MAX_BYTES - 2) + '"';
        Path file = Files.writeString(directory.resolve("largest.json"), largest);

        assertThat(Event.file(file).bytes()).hasSize(6_291_456);
        assertThat(Event.inline(largest).bytes()).hasSize(6_291_456);
        Files.writeString(file, largest + "\n");
        assertRefused(file, "must be up to 6291456 bytes, Lambda's limit of a request, but " + file + " is 6291457");
        assertThatThrownBy(() -> Event.inline(largest + " "))
                .hasMessage("must be up to 6291456 bytes, Lambda's limit of a request, but is 6291457");
        assertThatThrownBy(() -> Event.sample("sqs", Map.of("$.Records[0].body", "x".repeat(Event.MAX_BYTES))))
                .hasMessageStartingWith("must be up to 6291456 bytes, Lambda's limit of a request, but is 6292");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1, 2]", "\"hello\"", "12", "null", " {\"a\": {\"b\": [true]}}\n"})
    void anyJsonCanBeInline(String json) {
        assertThat(Event.inline(json)).isEqualTo(new Event(json, "inline"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello     | 'hello' (line 1, column 1: Unrecognized token 'hello'
            {"a":1    | '{"a":1' (line 1, column 7: Unexpected end-of-input: expected close marker for Object)
            {} {}     | '{} {}' (line 1, column 5: unexpected content after the value)
            {'a': 1}  | '{'a': 1}' (line 1, column 2: Unexpected character
            NaN       | 'NaN' (line 1, column 4: Non-standard token 'NaN')
            """, quoteCharacter = '`')
    void whatIsNoJsonIsRefusedWithItsPosition(String text, String message) {
        assertThatThrownBy(() -> Event.inline(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be JSON, but is " + message)
                .hasMessageEndingWith("; a text needs quotes, such as \"hello\"");
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> Event.inline("[".repeat(2000) + "]".repeat(2000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth (1001) exceeds the maximum allowed (1000");
    }

    @Test
    void namesMayHaveAnyCharacters() {
        String json = "{\"it's\":1,\"a.b\":2,\"c]['d\":3,\"\\\\\":4,\"\\\"\":5}";

        assertThat(Event.inline(json).with(Map.of("$.*", "0")).json()).isEqualTo(json.replaceAll(":\\d", ":0"));
    }

    @Test
    void membersAreOverridden() {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("$.Records[0].body", "{\"orderId\": 7}");
        overrides.put("$.Records[0].messageAttributes", "{\"a\": {\"stringValue\": \"1\", \"dataType\": \"Number\"}}");
        overrides.put("$['Records'][0].messageAttributes.a.stringValue", "42");
        overrides.put("$..messageId", null);

        Event event = Event.sample("sqs", overrides);

        JsonNode changed = tree(event).at("/Records/0");
        assertThat(changed.get("body").textValue()).isEqualTo("{\"orderId\": 7}");
        assertThat(changed.at("/messageAttributes/a/stringValue").textValue()).isEqualTo("42");
        assertThat(changed.get("messageId").isNull()).isTrue();
        assertThat(changed.get("awsRegion").textValue()).isEqualTo("us-east-1");
        assertThat(event.origin()).isEqualTo("sample sqs with 4 overrides");
    }

    @Test
    void aMemberKeepsItsNumberOrTakesAnyJson() {
        Event event = Event.inline(OTHER).with(Map.of("$.tags[1]", "true", "$.name", "Anna", "$['x y']", "\"a text\""));

        assertThat(event.json())
                .isEqualTo(
                        "{\"id\":12345678901234567890.10,\"name\":\"Anna\",\"tags\":[\"a\",\"true\"],\"x y\":\"a text\"}");
        assertThat(Event.inline(OTHER).with(Map.of("$.name", "7")).json()).contains("\"name\":7");
    }

    @Test
    void withoutOverridesASampleIsItsFile() {
        assertThat(Event.sample("s3", Map.of())).isEqualTo(new Event(SampleEvents.get("s3"), "sample s3"));
    }

    @Test
    void aPathOfSeveralMembersSetsAll() {
        Event event = Event.sample("dynamodb", Map.of("$.Records[*].awsRegion", "eu-west-1"));

        assertThat(tree(event).findValuesAsText("awsRegion")).isEqualTo(List.of("eu-west-1", "eu-west-1", "eu-west-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $.Records[0].bodi              | did you mean '$.Records[0].body'?
            $.records[0].Body              | did you mean '$.Records[0].body'?
            $['Records'][0]['boby']        | did you mean '$.Records[0].body'?
            $.Records[1].body              | did you mean '$.Records[0].body'?
            $.body                         | did you mean '$.Records[0].body'?
            $.Records[*].bodie             | did you mean '$.Records[0].body'?
            $.Records[0].attributes.Unseen | $.Records[0].attributes has the members ApproximateReceiveCount, SentTimestamp, SenderId, ApproximateFirstReceiveTimestamp
            $.Records[0].body.orderId      | $.Records[0].body is of type string
            $.Records[400]                 | did you mean '$.Records[0]'?
            $..stringListValues[0]         | did you mean '$.Records[0].messageAttributes.source.stringListValues'?
            $.unknownAltogether            | $ has the members Records
            $                              | $ has the members Records
            """, quoteCharacter = '`')
    void aPathThatMatchesNothingIsRefusedWithTheNearest(String path, String hint) {
        assertThatThrownBy(() -> Event.sample("sqs", Map.of(path, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has the path '" + path + "', which matches no member; " + hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Records             | must begin with $, but is 'Records'
            $.Records[?(        | is not a JSONPath: '$.Records[?('
            $.Records.length()  | has the path '$.Records.length()', which matches no member; $.Records has 1 element
            $.Records           | must set $.Records, of type array, to JSON, but the value is 'x'; a text needs quotes
            """, quoteCharacter = '`')
    void anOverrideThatCannotBeAppliedIsRefused(String path, String message) {
        assertThatThrownBy(() -> Event.sample("sqs", Map.of(path, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"12, number", "null, null", "{}, object"})
    void anEventWithoutMembersHasNoneToOverride(String json, String type) {
        assertThatThrownBy(() -> Event.inline(json).with(Map.of("$.a", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has the path '$.a', which matches no member; $ is of type " + type);
    }

    @Test
    void itsTitleIsItsFileItsSampleOrTheBeginningOfItsJson() throws Exception {
        Files.writeString(directory.resolve("order.json"), "{}");

        assertThat(Event.of("order.json", directory).title()).isEqualTo("event order.json");
        assertThat(Event.of("{\"sample\": \"sqs\"}", directory).title()).isEqualTo("event sample sqs");
        assertThat(Event.of("{\"id\":\n  1}", directory).title()).isEqualTo("event {\"id\": 1}");
        assertThat(Event.inline('"' + "x".repeat(500) + '"').title()).hasSizeLessThan(140);
    }

    @Test
    void aMapWithASampleMayOverrideMembers() {
        String text =
                "{\"sample\": \"sqs\", \"set\": {\"$.Records[0].body\": {\"orderId\": 7}, \"$..awsRegion\": \"eu-west-1\"}}";

        JsonNode changed = tree(Event.of(text, directory)).at("/Records/0");

        assertThat(changed.get("body").textValue()).isEqualTo("{\"orderId\":7}");
        assertThat(changed.get("awsRegion").textValue()).isEqualTo("eu-west-1");
        assertThat(Event.of("{\"sample\": 1}", directory).json()).isEqualTo("{\"sample\": 1}");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theOverridesOfThePageAreApplied() throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/events.md"));
        String yaml = page.split("```yaml\n")[2].split("```")[0];
        Map<String, Object> word = ((Map<String, Map<String, Object>>) new Yaml().load(yaml)).get("event");

        Event event = Event.sample((String) word.get("sample"), (Map<String, String>) word.get("set"));

        assertThat(tree(event).at("/Records/0/body").textValue()).isEqualTo("hello");
        assertThat(tree(event)
                        .at("/Records/0/attributes/ApproximateReceiveCount")
                        .textValue())
                .isEqualTo("3");
    }

    private static JsonNode tree(Event event) {
        try {
            return Event.tree(event.json());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
