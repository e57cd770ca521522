package io.github.lambdashell.target.local.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** How records become JSON files: readable, tolerant of members that a later version adds. */
final class StateJson {
    private StateJson() {}

    /** Made at first use: building a mapper is the slowest part of a start. */
    private static final class Holder {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(new SimpleModule()
                        .addSerializer(Instant.class, ToStringSerializer.instance)
                        .addDeserializer(Instant.class, new Parser<>(Instant.class, Instant::parse))
                        .addSerializer(Duration.class, ToStringSerializer.instance)
                        .addDeserializer(Duration.class, new Parser<>(Duration.class, Duration::parse)))
                .build();
    }

    static ObjectMapper mapper() {
        return Holder.MAPPER;
    }

    /** Reads the text that a type's toString() makes. */
    private static final class Parser<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        Parser(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }
}
