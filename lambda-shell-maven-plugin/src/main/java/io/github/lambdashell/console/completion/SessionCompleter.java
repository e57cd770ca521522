package io.github.lambdashell.console.completion;

import io.github.lambdashell.console.command.ColonCommands;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes remote commands, files and variables, and the names and local files of colon commands. */
public final class SessionCompleter implements Completer {
    private final RemoteNames remote;

    public SessionCompleter(RemoteNames remote) {
        this.remote = remote;
    }

    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        ShellWord word = (ShellWord) parsed;
        String text = word.word();
        switch (word.kind()) {
            case VARIABLE -> addVariables(text, candidates);
            case COMMAND -> {
                if (text.startsWith(":")) {
                    ColonCommands.all().forEach(command -> candidates.add(new Candidate(":" + command.name())));
                } else if (text.indexOf('/') >= 0 || text.startsWith("~")) {
                    addFiles(text, remote.files(directoryOf(text)), candidates);
                } else {
                    addCommands(text, candidates);
                }
            }
            case ARGUMENT -> {
                String line = parsed.line().substring(0, parsed.cursor());
                ColonCommands.completions(line).forEach(name -> candidates.add(new Candidate(name)));
                boolean local = ColonCommands.takesLocalFile(word.command());
                addFiles(text, local ? localFiles(directoryOf(text)) : remote.files(directoryOf(text)), candidates);
            }
        }
    }

    private void addVariables(String text, List<Candidate> candidates) {
        boolean braced = text.startsWith("${");
        remote.variables().forEach(name -> candidates.add(new Candidate(braced ? "${" + name + "}" : "$" + name)));
    }

    private void addCommands(String text, List<Candidate> candidates) {
        // An empty word would list thousands of names.
        if (!text.isEmpty()) {
            remote.commands().stream()
                    .filter(name -> name.startsWith(text))
                    .forEach(name -> candidates.add(new Candidate(name)));
        }
    }

    private static void addFiles(String text, List<String> names, List<Candidate> candidates) {
        String directory = directoryOf(text);
        String prefix = text.substring(directory.length());
        for (String name : names) {
            if (name.startsWith(prefix) && (!name.startsWith(".") || prefix.startsWith("."))) {
                boolean complete = !name.endsWith("/");
                candidates.add(new Candidate(directory + name, name, null, null, null, null, complete));
            }
        }
    }

    /** Returns the word up to and including its last slash; empty if it has none. */
    private static String directoryOf(String text) {
        return text.substring(0, text.lastIndexOf('/') + 1);
    }

    private static List<String> localFiles(String directory) {
        List<String> names = new ArrayList<>();
        String home = System.getProperty("user.home");
        String path = directory.startsWith("~/") ? home + directory.substring(1) : directory;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(path.isEmpty() ? "." : path))) {
            for (Path file : files) {
                names.add(file.getFileName() + (Files.isDirectory(file) ? File.separator : ""));
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        return names;
    }
}
