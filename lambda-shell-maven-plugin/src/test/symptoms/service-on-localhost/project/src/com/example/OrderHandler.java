package com.example;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/** Opens a connection to the store of orders. */
public class OrderHandler {
    public String handleRequest(Map<String, String> event) throws IOException {
        try (Socket store = new Socket("127.0.0.1", Integer.parseInt(System.getenv("ORDERS_PORT")))) {
            return event.get("orderId") + " is at " + store.getRemoteSocketAddress();
        }
    }
}
