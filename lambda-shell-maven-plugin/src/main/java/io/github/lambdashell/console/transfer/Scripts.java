package io.github.lambdashell.console.transfer;

import static io.github.lambdashell.session.ShellQuoting.quote;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What runs in the sandbox. Every shell there can run it, with coreutils and nothing else: Lambda's images have neither
 * find nor xargs nor tar.
 */
final class Scripts {
    /** Where the sandbox can fetch from the bucket and put into it. */
    static final String HAS_CURL = "command -v curl >/dev/null && printf 'curl\\0' || printf 'none\\0'; ";

    /** Mode with type in hexadecimal, size, name. */
    private static final String STAT = "stat --printf '%f %s %n\\0' ";

    private static final String WALK = "walk() { for f in \"$1\"/* \"$1\"/.[!.]* \"$1\"/..?*; do"
            + " if [ -e \"$f\" ] || [ -L \"$f\" ]; then set -- \"$@\" \"$f\"; if [ $# -gt 400 ]; then some \"$@\"; set -- \"$1\"; fi; fi;"
            + " done; some \"$@\";"
            + " for f in \"$1\"/* \"$1\"/.[!.]* \"$1\"/..?*; do if [ -d \"$f\" ] && [ ! -L \"$f\" ]; then walk \"$f\"; fi; done; }; "
            + "some() { shift; [ $# -eq 0 ] || " + STAT + "-- \"$@\"; }; ";

    private Scripts() {}

    /** Lists a file or a directory. */
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

    /** Reads where links lead. */
    static String readLinks(List<Entry> links) {
        return "readlink -z -- " + paths(links);
    }

    /** Reads a chunk to standard output. */
    static String read(List<Segment> chunk) {
        StringBuilder script = new StringBuilder();
        List<Entry> whole =
                chunk.stream().filter(Segment::isWhole).map(Segment::file).collect(Collectors.toList());
        // Only the first file of a chunk and the last can be in pieces.
        if (!chunk.get(0).isWhole()) {
            script.append(readPiece(chunk.get(0)));
        }
        if (!whole.isEmpty()) {
            script.append("cat -- ").append(paths(whole)).append("; ");
        }
        Segment last = chunk.get(chunk.size() - 1);
        if (chunk.size() > 1 && !last.isWhole()) {
            script.append(readPiece(last));
        }
        return "{ " + script + "}";
    }

    private static String readPiece(Segment piece) {
        return "tail -c +" + (piece.offset() + 1) + " -- " + path(piece.file()) + " | head -c " + piece.length() + "; ";
    }

    /** Writes a chunk from standard input. */
    static String write(List<Segment> chunk) {
        return chunk.stream()
                .map(segment ->
                        "head -c " + segment.length() + (segment.offset() == 0 ? " > " : " >> ") + path(segment.file()))
                .collect(joining(" && "));
    }

    /** Says a chunk's checksum, as {@code sha256sum} does. */
    static String checksum(List<Segment> chunk) {
        return read(chunk) + " | sha256sum";
    }

    /** Paths for a script that has changed to the root. */
    static String paths(List<Entry> entries) {
        return entries.stream().map(Scripts::path).collect(joining(" "));
    }

    static String path(Entry entry) {
        return quote("./" + entry.path());
    }
}
