package com.example;

/** The function's credentials. */
final class Credentials {
    private Credentials() {}

    static String accessKeyId() {
        String id = System.getenv("AWS_ACCESS_KEY_ID");
        if (id == null) {
            throw new IllegalStateException("Unable to load credentials: there is no AWS_ACCESS_KEY_ID");
        }
        return id;
    }
}
