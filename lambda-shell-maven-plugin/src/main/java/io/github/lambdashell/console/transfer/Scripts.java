package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;
import static java.util.stream.Collectors.joining;

import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.console.transfer.Tree.Segment;
import java.util.List;

/**
 * Scripts for the sandbox. They run in every shell and need only coreutils, because Lambda's images have no find, xargs
 * or tar.
 */
final class Scripts {
    /** Prints whether the sandbox has curl, which the side channel needs. */
    static final String HAS_CURL = "command -v curl >/dev/null && printf 'curl\\0' || printf 'none\\0'; ";

    /** Prints the mode with the type in hexadecimal, the size and the name. */
    private static final String STAT = "stat --printf '%f %s %n\\0' ";

    private static final String WALK = "walk() { for f in \"$1\"/* \"$1\"/.[!.]* \"$1\"/..?*; do"
            + " if [ -e \"$f\" ] || [ -L \"$f\" ]; then set -- \"$@\" \"$f\"; if [ $# -gt 400 ]; then some \"$@\"; set -- \"$1\"; fi; fi;"
            + " done; some \"$@\";"
            + " for f in \"$1\"/* \"$1\"/.[!.]* \"$1\"/..?*; do if [ -d \"$f\" ] && [ ! -L \"$f\" ]; then walk \"$f\"; fi; done; }; "
            + "some() { shift; [ $# -eq 0 ] || " + STAT + "-- \"$@\"; }; ";

    private Scripts() {}

    /** Returns a script that lists a file or a directory. */
    static String list(String quotedPath) {
        return "export LC_ALL=C; p=" + quotedPath + "; " + WALK
                + "if [ -d \"$p\" ]; then cd -- \"$p\" || exit; " + HAS_CURL
                + "printf 'd\\0%s\\0' \"$PWD\"; walk .;"
                + " elif [ -f \"$p\" ]; then case $p in /*) ;; *) p=./$p ;; esac; cd -- \"${p%/*}/\" || exit; "
                + HAS_CURL
                + "printf 'f\\0%s\\0' \"$PWD\"; " + STAT + "-L -- \"./${p##*/}\";"
                + " elif [ -e \"$p\" ]; then echo \"$p is neither a file nor a directory\" >&2; exit 1;"
                + " else echo \"$p does not exist\" >&2; exit 1; fi";
    }

    /** Returns a script that prints the targets of links. */
    static String readLinks(List<Entry> links) {
        return "readlink -z -- " + paths(links);
    }

    /** Returns a script that writes a chunk to standard output. */
    static String read(List<Segment> chunk) {
        StringBuilder script = new StringBuilder();
        List<Entry> entireFiles =
                chunk.stream().filter(Segment::isEntireFile).map(Segment::file).toList();
        // Only the first and the last file of a chunk can be incomplete.
        if (!chunk.get(0).isEntireFile()) {
            script.append(readPiece(chunk.get(0)));
        }
        if (!entireFiles.isEmpty()) {
            script.append("cat -- ").append(paths(entireFiles)).append("; ");
        }
        Segment last = chunk.get(chunk.size() - 1);
        if (chunk.size() > 1 && !last.isEntireFile()) {
            script.append(readPiece(last));
        }
        return "{ " + script + "}";
    }

    private static String readPiece(Segment piece) {
        return "tail -c +" + (piece.offset() + 1) + " -- " + path(piece.file()) + " | head -c " + piece.length() + "; ";
    }

    /** Returns a script that reads a chunk from standard input. */
    static String write(List<Segment> chunk) {
        return chunk.stream()
                .map(segment ->
                        "head -c " + segment.length() + (segment.offset() == 0 ? " > " : " >> ") + path(segment.file()))
                .collect(joining(" && "));
    }

    /** Returns a script that prints the SHA-256 of a chunk. */
    static String checksum(List<Segment> chunk) {
        return read(chunk) + " | sha256sum";
    }

    /** Returns paths for a script that runs in the root of the tree. */
    static String paths(List<Entry> entries) {
        return entries.stream().map(Scripts::path).collect(joining(" "));
    }

    static String path(Entry entry) {
        return quote("./" + entry.path());
    }
}
