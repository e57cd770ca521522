package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A tool that starts a process in namespaces of its own: user, mounts, processes, IPC and host name. */
interface Namespaces {
    /** Lambda's user sbx_user1051, and its group. */
    int USER = 993;

    int GROUP = 990;

    /** Lambda's machines are called by an address of this kind. */
    String HOST_NAME = "169.254.100.6";

    /** All that this user may try, the one most like Lambda first. */
    static List<Namespaces> inOrder() {
        List<Namespaces> ofAnyUser = List.of(new Bubblewrap(), Unshare.ofAnyUser());
        return HostUsers.isRoot()
                ? Stream.concat(Stream.of(Unshare.ofRoot()), ofAnyUser.stream()).toList()
                : ofAnyUser;
    }

    /** Its name, for a person to read. */
    String name();

    /** Whether it is installed. */
    boolean isInstalled();

    /**
     * The command to which that of the first process is to be added. That process gets the id 1, and its end ends all
     * others.
     *
     * @param place whose directory may be used for what the tool needs
     * @param root what the process shall see
     */
    List<String> command(Place place, RootDirectory root) throws IOException;
}
