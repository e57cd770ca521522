package com.example;

import java.io.IOException;
import java.util.Map;

public class OrderHandler {
    private final OrderClient client = new OrderClient();

    public OrderHandler() throws IOException {}

    public String handleRequest(Map<String, String> event) throws IOException {
        return client.get(event.get("orderId"));
    }
}
