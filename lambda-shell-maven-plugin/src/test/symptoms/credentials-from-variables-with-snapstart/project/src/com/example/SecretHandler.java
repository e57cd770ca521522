package com.example;

import java.io.IOException;
import java.util.Map;

public class SecretHandler {
    public String handleRequest(Map<String, String> event) throws IOException {
        return event.get("secret") + " for " + Credentials.accessKeyId();
    }
}
