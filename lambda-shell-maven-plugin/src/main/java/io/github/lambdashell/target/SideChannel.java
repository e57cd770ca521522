package io.github.lambdashell.target;

import io.github.lambdashell.config.ShellException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;

/**
 * Objects through which a session and its running commands exchange standard input, signals and files. The function
 * reaches them by secret URLs: presigned ones on AWS, random ones of a loopback server on the local target. Safe for
 * use by several threads.
 */
public interface SideChannel {
    /** Returns a new, random key. */
    String newKey();

    /** Returns the URL at which the object can be read, now or after its creation. */
    URI urlToGet(String key);

    /** Returns the URL at which the object can be written. */
    URI urlToPut(String key);

    /**
     * Stores an object.
     *
     * @throws ShellException if it can't be stored
     */
    void put(String key, byte[] bytes);

    /**
     * Opens an object for reading; the caller closes the stream.
     *
     * @throws ShellException if it can't be read
     */
    InputStream get(String key);

    /**
     * Deletes objects; one that does not exist is ignored.
     *
     * @throws ShellException if one can't be deleted
     */
    void delete(Collection<String> keys);
}
