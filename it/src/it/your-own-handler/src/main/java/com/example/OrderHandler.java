package com.example;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Takes orders from an event bus. */
public class OrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>>, Resource {
    private String connection = "opened at the start";

    public OrderHandler() {
        Core.getGlobalContext().register(this);
    }

    @Override
    public Map<String, Object> handleRequest(
            Map<String, Object> event, com.amazonaws.services.lambda.runtime.Context context) {
        if (!(event.get("detail") instanceof Map<?, ?> order)) {
            throw new IllegalArgumentException("the event has no order");
        }
        context.getLogger().log("order " + order.get("orderId") + "\n");
        return Map.of(
                "statusCode", 200,
                "orderId", order.get("orderId"),
                "quantity", order.get("quantity"),
                "connection", connection);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        connection = "closed for the snapshot";
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        connection = "opened after the restore";
    }
}
