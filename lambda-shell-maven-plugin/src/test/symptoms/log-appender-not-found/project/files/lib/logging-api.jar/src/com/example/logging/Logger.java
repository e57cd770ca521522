package com.example.logging;

import java.util.ServiceLoader;

/** Logs to the appender with a name, which may be in another jar. */
public final class Logger {
    private final Appender appender;

    public Logger(String name) {
        appender = ServiceLoader.load(Appender.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElse(null);
        if (appender == null) {
            System.err.println("ERROR Error processing element " + name + ": CLASS_NOT_FOUND");
        }
    }

    public void info(String message) {
        if (appender != null) {
            appender.append(message);
        }
    }
}
