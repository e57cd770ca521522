package com.example.idempotency;

import java.util.HashSet;
import java.util.Set;

/** Remembers what has been done, in a table. */
public final class Store {
    private final Set<String> table = new HashSet<>();

    public Store() {
        if (System.getenv("AWS_ACCESS_KEY_ID") == null) {
            throw new IllegalStateException("Unable to load credentials: there is no AWS_ACCESS_KEY_ID");
        }
    }

    public boolean isFirst(String id) {
        return table.add(id);
    }
}
