package io.github.lambdashell.fake;

import io.github.lambdashell.target.SideChannel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A side channel in memory, whose only key is "key". Its URLs lead nowhere. */
public final class MemoryChannel implements SideChannel {
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    /** Returns the objects that are stored, by their keys. */
    public Map<String, byte[]> stored() {
        return stored;
    }

    @Override
    public String newKey() {
        return "key";
    }

    @Override
    public URI urlToGet(String key) {
        return URI.create("http://localhost/get/" + key);
    }

    @Override
    public URI urlToPut(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(String key, byte[] bytes) {
        stored.put(key, bytes);
    }

    @Override
    public InputStream get(String key) {
        return new ByteArrayInputStream(stored.get(key));
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(stored::remove);
    }
}
