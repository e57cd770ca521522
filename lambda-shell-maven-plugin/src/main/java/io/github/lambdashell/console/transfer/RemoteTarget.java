package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.ShellQuoting;

/**
 * Where an upload goes in the sandbox.
 *
 * @param path absolute, where it is to be in the end
 * @param workshop absolute, a new directory beside it, where it is put together
 * @param hasCurl whether the sandbox can reach presigned URLs
 */
record RemoteTarget(String path, String workshop, boolean hasCurl) {
    /**
     * Makes the workshop.
     *
     * @param target as the person wrote it, from the session's directory
     * @param name what it is called within the target, if that is a directory
     * @throws ShellException when nothing can be put there
     */
    static RemoteTarget prepare(Sandbox sandbox, String target, String name, boolean directory)
            throws InterruptedException {
        String refusal = directory
                ? "if [ -e \"$t\" ]; then echo \"$t exists already\" >&2; exit 1; fi; "
                : "if [ -d \"$t\" ]; then echo \"$t is a directory\" >&2; exit 1; fi; ";
        String script = "t=" + ShellQuoting.quotePath(target) + "; n=" + quote(name) + "; "
                + "case $t in /*|./*|../*) ;; .) t=$PWD ;; *) t=./$t ;; esac; "
                + "case $t in */) [ -d \"$t\" ] || { echo \"$t does not exist\" >&2; exit 1; } ;; esac; "
                + "[ ! -d \"$t\" ] || t=${t%/}/$n; "
                + refusal
                + "d=${t%/*}; cd -- \"${d:-/}\" && w=$(mktemp -d \"${PWD%/}/.lshell-put-XXXXXX\") || exit; "
                + Scripts.HAS_CURL
                + "printf '%s\\0%s\\0' \"${PWD%/}/${t##*/}\" \"$w\"";
        String[] answer = sandbox.runHere(ShellRequest.command(script)).stdout().split("\0");
        return new RemoteTarget(answer[1], answer[2], answer[0].equals("curl"));
    }

    /** A script that puts what is in the workshop in its place. */
    String publish(Tree tree) {
        if (!tree.isDirectory()) {
            String file = Scripts.path(tree.entries().get(0));
            return "mv -f -- " + file + " " + quote(path) + " && rmdir -- " + quote(workshop);
        }
        // The workshop's own mode is for its owner alone.
        return "chmod 755 . && mv -T -- " + quote(workshop) + " " + quote(path);
    }
}
