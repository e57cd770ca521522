package com.example;

import java.io.IOException;
import java.util.Map;

public class OrderHandler {
    public String handleRequest(Map<String, String> event) throws IOException {
        return new EventLoop().send(event.get("orderId"));
    }
}
