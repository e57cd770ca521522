package com.example;

import java.io.IOException;
import java.util.Map;

public class OrderHandler {
    private final EventLoop loop = new EventLoop();

    public OrderHandler() throws IOException {}

    public String handleRequest(Map<String, String> event) {
        return loop.send(event.get("orderId"));
    }
}
