package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.ShellQuoting;

/**
 * The destination of an upload in the sandbox.
 *
 * @param path absolute path of the destination
 * @param stagingDirectory absolute path of a new directory beside it, which receives the upload
 * @param hasCurl whether the sandbox can reach the side channel
 */
record UploadDestination(String path, String stagingDirectory, boolean hasCurl) {
    /**
     * Creates the staging directory.
     *
     * @param target as the user wrote it, relative to the session's directory
     * @param name the name within the target, if that is a directory
     * @throws ShellException if the destination can't be written
     */
    static UploadDestination prepare(RemoteShell shell, String target, String name, boolean directory)
            throws InterruptedException {
        String refusal = directory
                ? "if [ -e \"$t\" ]; then echo \"$t already exists\" >&2; exit 1; fi; "
                : "if [ -d \"$t\" ]; then echo \"$t is a directory\" >&2; exit 1; fi; ";
        String script = "t=" + ShellQuoting.quotePath(target) + "; n=" + quote(name) + "; "
                + "case $t in /*|./*|../*) ;; .) t=$PWD ;; *) t=./$t ;; esac; "
                + "case $t in */) [ -d \"$t\" ] || { echo \"$t does not exist\" >&2; exit 1; } ;; esac; "
                + "[ ! -d \"$t\" ] || t=${t%/}/$n; "
                + refusal
                + "d=${t%/*}; cd -- \"${d:-/}\" || exit; "
                + "[ -w . ] || { echo \"$PWD is read-only\" >&2; exit " + RemoteShell.READ_ONLY + "; }; "
                + "w=$(mktemp -d \"${PWD%/}/.lshell-put-XXXXXX\") || exit; "
                + Scripts.HAS_CURL
                + "printf '%s\\0%s\\0' \"${PWD%/}/${t##*/}\" \"$w\"";
        String[] output = shell.runHere(ShellRequest.command(script)).stdout().split("\0");
        return new UploadDestination(output[1], output[2], output[0].equals("curl"));
    }

    /** Returns a script that moves the upload from the staging directory to its destination. */
    String publish(Tree tree) {
        if (!tree.isDirectory()) {
            String file = Scripts.path(tree.entries().get(0));
            return "mv -f -- " + file + " " + quote(path) + " && rmdir -- " + quote(stagingDirectory);
        }
        // mktemp creates a directory that only its owner can use.
        return "chmod 755 . && mv -T -- " + quote(stagingDirectory) + " " + quote(path);
    }
}
