package com.example;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

public class OrderHandler implements RequestHandler<Map<String, String>, String>, Resource {
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> responses = new LinkedBlockingQueue<>();
    private Thread loop;

    public OrderHandler() {
        Core.getGlobalContext().register(this);
        start();
    }

    private void start() {
        loop = new Thread(this::run, "loop");
        loop.setDaemon(true);
        loop.start();
    }

    private void run() {
        try {
            while (true) {
                responses.put("order " + requests.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String call(String order) throws InterruptedException {
        requests.put(order);
        return responses.take();
    }

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
        try {
            return call(event.get("orderId"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context)
            throws InterruptedException {
        call("priming");
        loop.interrupt();
        loop.join();
    }

    @Override
    public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context)
            throws InterruptedException {
        start();
        call("restored");
    }
}
