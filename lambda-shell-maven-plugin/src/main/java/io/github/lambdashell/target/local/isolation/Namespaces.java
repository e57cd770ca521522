package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A tool that starts a process in namespaces of its own: user, mounts, processes, IPC and host name. */
interface Namespaces {
    /** Lambda's user sbx_user1051, and its group. */
    int USER = 993;

    int GROUP = 990;

    /** Lambda's machines have names of this form. */
    String HOST_NAME = "169.254.100.6";

    /** Returns all that this user may try, the one most like Lambda first. */
    static List<Namespaces> inOrder() {
        List<Namespaces> ofAnyUser = List.of(new Bubblewrap(), Unshare.ofAnyUser());
        return HostUsers.isRoot()
                ? Stream.concat(Stream.of(Unshare.ofRoot()), ofAnyUser.stream()).toList()
                : ofAnyUser;
    }

    /** Returns its name for a person. */
    String name();

    /** Returns the options of nsenter(1) with which it enters the namespace of a sandbox's own network. */
    default List<String> entrance() {
        // The owner of that namespace is a user namespace.
        return List.of("--user", "--preserve-credentials", "--net");
    }

    /**
     * Returns the command to which that of the first process is to be added. That process gets the id 1, and its end ends
     * all others.
     *
     * @param layout whose directory may be used for files that the tool needs
     * @param root the root directory of the process
     * @throws IsolationRefusedException when the tool is not installed
     */
    List<String> command(SandboxLayout layout, SandboxRoot root) throws IOException;
}
