package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The source of the programs, libraries and settings that a sandbox sees. */
interface SystemFiles {
    /** Lambda's user, as a line of /etc/passwd. */
    String SANDBOX_USER = "sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n";

    /** Adds everything except for what all sandboxes have: /dev, /proc, /tmp, the function's code and its language. */
    void addTo(SandboxRoot root) throws IOException;

    /** Returns the file of /bin/sh, without symbolic links on the way to it. */
    Optional<Path> shell() throws IOException;

    /** Adds the files of the machine that the language's own files, already at /var/lang, need and wouldn't find. */
    default void addToLanguage(SandboxRoot root, Path language) throws IOException {}
}
