package io.github.lambdashell.console.transfer;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.transfer.Tree.Entry;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.ShellQuoting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A file or directory in the sandbox.
 *
 * @param tree the file or directory
 * @param hasCurl whether the sandbox can reach the side channel
 */
record RemoteTree(Tree tree, boolean hasCurl) {
    /** The file type bits of a mode, and the values of the types that are transferred; the same in every Unix. */
    private static final int TYPE = 0170000;

    private static final Map<Integer, Entry.Type> TYPES =
            Map.of(0100000, Entry.Type.FILE, 0040000, Entry.Type.DIRECTORY, 0120000, Entry.Type.LINK);
    private static final int PERMISSIONS = 0777;
    private static final int HEX = 16;

    /**
     * Lists it.
     *
     * @param path as the user wrote it, relative to the session's directory
     * @throws ShellException if it does not exist or can't be transferred
     */
    static RemoteTree list(RemoteShell shell, String path) throws InterruptedException {
        byte[] output = shell.runHere(ShellRequest.command(Scripts.list(ShellQuoting.quotePath(path))))
                .bytes();
        Iterator<String> parts = Arrays.asList(new String(output, StandardCharsets.UTF_8).split("\0"))
                .iterator();
        boolean curl = parts.next().equals("curl");
        boolean directory = parts.next().equals("d");
        String root = parts.next();
        List<Entry> entries = new ArrayList<>();
        int skipped = 0;
        while (parts.hasNext()) {
            String[] fields = parts.next().split(" ", 3);
            int mode = Integer.parseInt(fields[0], HEX);
            Entry.Type type = TYPES.get(mode & TYPE);
            if (type == null) {
                skipped++;
            } else {
                String name = fields[2].substring("./".length());
                entries.add(new Entry(name, type, mode & PERMISSIONS, Long.parseLong(fields[1]), ""));
            }
        }
        Tree tree = new Tree(root, directory, withLinkTargets(entries, root, shell), skipped);
        tree.requireContained();
        return new RemoteTree(tree, curl);
    }

    private static List<Entry> withLinkTargets(List<Entry> entries, String root, RemoteShell shell)
            throws InterruptedException {
        List<Entry> links = entries.stream()
                .filter(entry -> entry.type() == Entry.Type.LINK)
                .toList();
        if (links.isEmpty()) {
            return entries;
        }
        String[] targets = shell.run(root, ShellRequest.command(Scripts.readLinks(links)))
                .stdout()
                .split("\0");
        List<Entry> all = new ArrayList<>(entries);
        all.removeAll(links);
        for (int i = 0; i < links.size(); i++) {
            all.add(links.get(i).withLinkTarget(targets[i]));
        }
        return all;
    }
}
