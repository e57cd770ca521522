package com.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Needs a class of its own, a resource and a dependency. */
public class App {
    public static void main(String[] arguments) throws IOException {
        try (InputStream greeting = App.class.getResourceAsStream("/greeting.txt");
                JsonGenerator json = new JsonFactory().createGenerator(System.out)) {
            json.writeStartObject();
            json.writeStringField("greeting", new String(greeting.readAllBytes(), StandardCharsets.UTF_8).strip());
            json.writeEndObject();
        }
    }
}
