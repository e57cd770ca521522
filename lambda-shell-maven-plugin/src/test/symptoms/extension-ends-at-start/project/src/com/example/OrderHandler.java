package com.example;

import java.util.Map;

public class OrderHandler {
    public String handleRequest(Map<String, String> event) {
        return "order " + event.get("orderId");
    }
}
