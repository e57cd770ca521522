package com.example;

import java.util.Map;

public class OrderHandler {
    public String handleRequest(Map<String, String> event) {
        return event.get("orderId") + " by a library of " + Library.CONTENT.length() + " bytes";
    }
}
