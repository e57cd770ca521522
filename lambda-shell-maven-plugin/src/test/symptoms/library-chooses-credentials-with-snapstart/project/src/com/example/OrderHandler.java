package com.example;

import com.example.idempotency.Store;
import java.util.Map;

public class OrderHandler {
    private static final Store STORE = new Store();

    public String handleRequest(Map<String, String> event) {
        String order = event.get("orderId");
        return "order " + order + (STORE.isFirst(order) ? " for the first time" : " again");
    }
}
