package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** The answers of AWS in {@code recorded-from-aws.yaml}, and those of ours that differ. */
public final class RecordedAnswers {
    /** The value of a member that an answer does not have. */
    public static final String NONE = "none";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private RecordedAnswers() {}

    /**
     * A request.
     *
     * @param operation name of the operation
     * @param parameters values by the names of AWS's API reference
     */
    public record Call(String operation, Map<String, String> parameters) {
        /** Returns a parameter; the default value if it is absent. */
        public String get(String name, String otherwise) {
            return parameters.getOrDefault(name, otherwise);
        }
    }

    /**
     * A case of the table.
     *
     * @param group operation under which the table has it
     * @param name title of the case
     * @param before requests that prepare it
     * @param call the request
     * @param aws AWS's answer, by member
     * @param ours the members in which ours differs
     * @param reason why it differs; null if it does not
     */
    public record Case(
            String group,
            String name,
            List<Call> before,
            Call call,
            Map<String, String> aws,
            Map<String, String> ours,
            String reason) {
        @Override
        public String toString() {
            return group + ": " + name;
        }

        /** Requires that an answer is AWS's, except for the differences. */
        public void verify(Function<String, String> answer) {
            assertThat(ours.isEmpty()).as("a difference and its reason").isEqualTo(reason == null);
            ours.forEach((member, value) -> assertThat(value)
                    .as(member + " in the column of differences")
                    .isNotEqualTo(aws.get(member)));
            Map<String, String> expected = new LinkedHashMap<>(aws);
            expected.putAll(ours);
            Map<String, String> actual = new LinkedHashMap<>();
            expected.keySet().forEach(member -> actual.put(member, normalized(answer.apply(member))));
            expected.replaceAll((member, value) -> normalized(value));
            assertThat(actual).isEqualTo(expected);
        }

        private String row() {
            return "| " + group + " | " + name + " | " + cell(aws) + " | " + cell(ours) + " | " + reason + " |";
        }

        private String cell(Map<String, String> answer) {
            return ours.keySet().stream()
                    .map(member -> member + " `"
                            + (answer.get(member).isEmpty() ? "(empty)" : answer.get(member))
                                    .strip()
                                    .replace("|", "\\|")
                                    .replace("\n", "\\n")
                                    .replace("`", "'")
                            + "`")
                    .collect(Collectors.joining("<br/>"));
        }
    }

    /** Returns the cases of a service. */
    public static List<Case> of(String service) throws IOException {
        List<Case> cases = new ArrayList<>();
        JsonNode table;
        try (InputStream in = RecordedAnswers.class.getResourceAsStream("recorded-from-aws.yaml")) {
            // SnakeYAML resolves the aliases, which Jackson does not.
            table = new YAMLMapper().valueToTree(new Yaml().load(in));
        }
        table.get(service)
                .properties()
                .forEach(operation -> operation.getValue().forEach(one -> {
                    List<Call> before = new ArrayList<>();
                    one.path("before").forEach(step -> step.properties()
                            .forEach(request -> before.add(new Call(request.getKey(), strings(request.getValue())))));
                    cases.add(new Case(
                            operation.getKey(),
                            one.get("case").asText(),
                            before,
                            new Call(one.path("operation").asText(operation.getKey()), strings(one.get("request"))),
                            strings(one.get("aws")),
                            strings(one.path("ours")),
                            one.path("reason").asText(null)));
                }));
        return cases;
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
        return strings;
    }

    /** Returns a value without what changes from invocation to invocation, and JSON in the order of its names. */
    private static String normalized(String value) {
        String text = value.strip()
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "X")
                .replaceAll("Runtime Version: java\\d+\\S*", "Runtime Version: java:N")
                .replaceAll("Runtime Version ARN: arn:aws:lambda:\\S+", "Runtime Version ARN: X")
                .replaceAll("::runtime:\\w+", "::runtime:X")
                .replaceAll("AWS_Lambda_java\\d+", "AWS_Lambda_javaN")
                .replaceAll("127\\.0\\.0\\.1:(?!9001)\\d+", "127.0.0.1:N")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "T")
                .replaceAll("\\d+(\\.\\d\\d)? (ms|MB)", "N $2");
        try {
            return text.startsWith("{") ? JSON.writeValueAsString(JSON.readValue(text, Object.class)) : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /**
     * Requires that a page has the table of the differences after the comment {@code <!-- recorded: NAME -->}.
     *
     * @param fileName file name of the page
     */
    public static void verifyPage(String fileName, String name, List<Case> cases) throws IOException {
        String table = "| operation | case | AWS | here | reason |\n|---|---|---|---|---|\n"
                + cases.stream()
                        .filter(one -> one.reason() != null)
                        .map(one -> one.row() + "\n")
                        .collect(Collectors.joining());
        Path file = Path.of("src/site/markdown", fileName);
        String marker = "<!-- recorded: " + name + " -->\n";
        String page = Files.readString(file);
        String expected =
                page.replaceFirst(Pattern.quote(marker) + "(\\|.*\n)*", Matcher.quoteReplacement(marker + table));
        if (Boolean.getBoolean("lshell.writeRecorded")) {
            Files.writeString(file, expected);
            page = expected;
        }
        assertThat(page.lines())
                .as(
                        "the differences on the page; write them with -Dtest='RecordedFromAws*' -Dlshell.writeRecorded=true")
                .containsAll((marker + table).lines().toList());
        assertThat(page).as("rows that are no differences any more").isEqualTo(expected);
    }
}
