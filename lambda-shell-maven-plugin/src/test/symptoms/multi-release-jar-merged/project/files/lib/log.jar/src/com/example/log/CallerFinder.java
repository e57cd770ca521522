package com.example.log;

public class CallerFinder {
    public Class<?> caller() {
        throw new UnsupportedOperationException("needs a method that Java 8 has");
    }
}
