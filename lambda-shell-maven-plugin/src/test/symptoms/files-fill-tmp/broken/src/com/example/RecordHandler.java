package com.example;

import java.io.IOException;
import java.util.Map;

public class RecordHandler {
    public String handleRequest(Map<String, Object> event) throws IOException {
        return new Producer().send(event.get("records"));
    }
}
