package com.example;

import java.io.IOException;
import java.util.Map;

public class RecordHandler {
    private final Producer producer;

    public RecordHandler() throws IOException {
        producer = new Producer();
    }

    public String handleRequest(Map<String, Object> event) {
        return producer.send(event.get("records"));
    }
}
