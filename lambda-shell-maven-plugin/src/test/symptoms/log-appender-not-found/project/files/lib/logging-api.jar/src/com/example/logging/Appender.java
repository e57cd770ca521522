package com.example.logging;

/** Writes messages to a log. */
public interface Appender {
    String name();

    void append(String message);
}
