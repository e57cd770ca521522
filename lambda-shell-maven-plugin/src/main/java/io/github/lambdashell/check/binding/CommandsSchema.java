package io.github.lambdashell.check.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON Schema of a commandsFile, made from the vocabulary. */
final class CommandsSchema {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private final ObjectNode definitions = MAPPER.createObjectNode();

    private CommandsSchema() {}

    /** Returns the schema, pretty-printed. */
    static String text() throws JsonProcessingException {
        CommandsSchema schema = new CommandsSchema();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "A commandsFile of the Lambda Shell Maven plugin");
        root.put("description", "Commands that lshell:exec runs in a Lambda function, with the expectations of each.");
        ArrayNode either = root.putArray("oneOf");
        either.add(schema.reference(Vocabulary.DOCUMENT));
        // A map of the user's own names refers to it.
        schema.reference(CaptureWords.BLOCK);
        ObjectNode list = either.addObject().put("type", "array");
        list.set("items", schema.value(Vocabulary.COMMANDS.value()));
        list.put("minItems", 1);
        root.set("$defs", schema.definitions);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    }

    private ObjectNode reference(Block block) {
        if (!definitions.has(block.name())) {
            ObjectNode definition = definitions.putObject(block.name());
            definition.put("description", block.doc()).put("type", "object");
            ObjectNode properties = definition.putObject("properties");
            block.words().forEach(word -> properties.set(word.name(), property(word)));
            definition.put("additionalProperties", false);
            if (block.limits().minWords() > 0) {
                definition.put("minProperties", block.limits().minWords());
            }
            List<String> required = block.words().stream()
                    .filter(Word::required)
                    .<String>map(Word::name)
                    .toList();
            if (!required.isEmpty()) {
                required.forEach(definition.putArray("required")::add);
            }
            if (!block.limits().exactlyOne().isEmpty()) {
                ArrayNode alternatives = definition.putArray("oneOf");
                block.limits()
                        .exactlyOne()
                        .forEach(name ->
                                alternatives.addObject().putArray("required").add(name));
            }
            definition.setAll(parse(block.limits().schema()));
        }
        return MAPPER.createObjectNode().put("$ref", "#/$defs/" + block.name());
    }

    private ObjectNode property(Word<?> word) {
        ObjectNode property = MAPPER.createObjectNode().put("description", word.doc());
        ObjectNode value = value(word.value());
        if (word.repeats()) {
            ArrayNode either = property.putArray("oneOf");
            either.add(value);
            either.addObject()
                    .put("type", "array")
                    .<ObjectNode>set("items", value)
                    .put("minItems", 1);
            return property;
        }
        return property.setAll(value);
    }

    private ObjectNode value(Value<?> value) {
        if (value.block() == null) {
            return text(value);
        }
        ObjectNode block = reference(value.block());
        if (value.schema() == null && !value.mayBeEmpty()) {
            return block;
        }
        ObjectNode either = MAPPER.createObjectNode();
        ArrayNode alternatives = either.putArray("oneOf");
        alternatives.add(value.mayBeEmpty() ? MAPPER.createObjectNode().put("type", "null") : text(value));
        alternatives.add(block);
        return either;
    }

    private ObjectNode text(Value<?> value) {
        if (value.definition() == null) {
            return parse(value.schema());
        }
        if (!definitions.has(value.definition())) {
            definitions.set(value.definition(), parse(value.schema()));
        }
        return MAPPER.createObjectNode().put("$ref", "#/$defs/" + value.definition());
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema of a value is not JSON: " + json, e);
        }
    }
}
