package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;

/** Where the programs, libraries and settings come from that a sandbox sees. */
interface SystemFiles {
    /** Lambda's user, as a line of /etc/passwd. */
    String SANDBOX_USER = "sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n";

    /** Adds all but what every sandbox has: /dev, /proc, /tmp, the function's code and what runs it. */
    void addTo(RootDirectory root) throws IOException;

    /**
     * Adds what the language's own files, already at /var/lang, need of the machine's and wouldn't find.
     *
     * @param scratch a folder that is removed with the sandbox
     */
    default void addToLanguage(RootDirectory root, Path language, Path scratch) throws IOException {}
}
