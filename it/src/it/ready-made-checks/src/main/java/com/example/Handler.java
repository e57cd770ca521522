package com.example;

import com.sun.jna.Native;
import java.util.Map;

public class Handler {
    public String handleRequest(Map<String, String> event) {
        return event.get("name") + ", on a machine of " + Native.POINTER_SIZE * 8 + " bits";
    }
}
