package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

public class OrderHandler implements RequestHandler<Map<String, String>, Map<String, String>> {
    @Override
    public Map<String, String> handleRequest(Map<String, String> event, Context context) {
        // The end of the name is unique: 2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef
        String stream = context.getLogStreamName();
        return Map.of("instance", stream.substring(stream.indexOf(']') + 1));
    }
}
