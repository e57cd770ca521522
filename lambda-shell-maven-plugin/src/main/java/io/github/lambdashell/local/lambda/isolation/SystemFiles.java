package io.github.lambdashell.local.lambda.isolation;

import java.io.IOException;

/** Where the programs, libraries and settings come from that a sandbox sees. */
interface SystemFiles {
    /** Lambda's user, as a line of /etc/passwd. */
    String SANDBOX_USER = "sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin\n";

    /** Adds all but what every sandbox has: /dev, /proc, /tmp, the function's code and what runs it. */
    void addTo(RootDirectory root) throws IOException;
}
