package com.example;

import com.example.logging.Logger;
import java.util.Map;

public class OrderHandler {
    private static final Logger LOG = new Logger("Lambda");

    public String handleRequest(Map<String, String> event) {
        LOG.info("order " + event.get("orderId"));
        return "taken";
    }
}
