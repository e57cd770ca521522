package com.example;

import java.io.IOException;
import java.nio.channels.Selector;

/** A thread that waits for events of connections, as clients with non-blocking connections have. */
final class EventLoop {
    private final Selector selector;

    EventLoop() throws IOException {
        selector = Selector.open();
        Thread thread = new Thread(this::run, "event-loop");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String send(String order) {
        selector.wakeup();
        return "sent " + order;
    }
}
