package com.example;

import java.io.IOException;
import java.util.Map;

public class OrderHandler {
    public String handleRequest(Map<String, String> event) throws IOException {
        return new OrderClient().get(event.get("orderId"));
    }
}
