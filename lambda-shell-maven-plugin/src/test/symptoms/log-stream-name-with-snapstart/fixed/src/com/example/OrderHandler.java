package com.example;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.UUID;

public class OrderHandler implements RequestHandler<Map<String, String>, Map<String, String>>, Resource {
    private String instance = newInstance();

    public OrderHandler() {
        Core.getGlobalContext().register(this);
    }

    private static String newInstance() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public Map<String, String> handleRequest(Map<String, String> event, Context context) {
        return Map.of("instance", instance);
    }

    @Override
    public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {}

    @Override
    public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        instance = newInstance();
    }
}
