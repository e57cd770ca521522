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

/** Completes at TAB: remote commands, files and variables; of colon commands their names and their local files. */
public final class SessionCompleter implements Completer {
    private final RemoteNames remote;
    private final ColonCommands colonCommands;

    public SessionCompleter(RemoteNames remote, ColonCommands colonCommands) {
        this.remote = remote;
        this.colonCommands = colonCommands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        ShellWord word = (ShellWord) parsed;
        String text = word.word();
        switch (word.kind()) {
            case VARIABLE -> addVariables(text, candidates);
            case COMMAND -> {
                if (text.startsWith(":")) {
                    colonCommands.all().forEach(command -> candidates.add(new Candidate(":" + command.name())));
                } else if (text.indexOf('/') >= 0 || text.startsWith("~")) {
                    addFiles(text, remote.files(directoryOf(text)), candidates);
                } else {
                    addCommands(text, candidates);
                }
            }
            case ARGUMENT -> {
                boolean local = colonCommands.takesLocalFile(word.command());
                addFiles(text, local ? localFiles(directoryOf(text)) : remote.files(directoryOf(text)), candidates);
            }
        }
    }

    private void addVariables(String text, List<Candidate> candidates) {
        boolean braced = text.startsWith("${");
        remote.variables().forEach(name -> candidates.add(new Candidate(braced ? "${" + name + "}" : "$" + name)));
    }

    private void addCommands(String text, List<Candidate> candidates) {
        // Thousands of names: an empty word would list them all.
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
                boolean whole = !name.endsWith("/");
                candidates.add(new Candidate(directory + name, name, null, null, null, null, whole));
            }
        }
    }

    /** The word up to its last slash, that one included; empty for none. */
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
