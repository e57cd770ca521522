package io.github.lambdashell.run;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.learn.ChangingText;
import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.check.learn.LearnedCheck;
import io.github.lambdashell.check.learn.SavedTranscript;
import io.github.lambdashell.check.learn.SecretTexts;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.report.ReportLog;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes checks of the commands of a transcript and appends them to the commandsFile. Nothing runs. */
public final class LearnChecks {
    private LearnChecks() {}

    /**
     * Appends the checks.
     *
     * @param transcript a file that {@code :save} wrote
     * @param stackName the stack's name, with which that of a temporary one begins
     * @throws ShellException if the transcript can't be read, or no check can be made of it
     */
    public static void run(Path transcript, CommandsFile file, String stackName, ReportLog log) {
        SavedTranscript session = SavedTranscript.read(text(transcript));
        List<String> omitted = new ArrayList<>(session.omitted());
        SecretTexts secrets = new SecretTexts(List.of(), file.secretVariables(), List.of(System.getenv()));
        ChangingText changing = ChangingText.at(written(transcript), Set.of(stackName));
        int count = 0;
        boolean exist = false;
        for (SavedTranscript.Entry command : session.commands()) {
            String name = LearnedCheck.nameOf(command.typed(), Set.of());
            if (file.commands().contains(command.ran().command())) {
                omitted.add(name + ": there is a check of this command");
                exist = true;
                continue;
            }
            try {
                secrets.require(command.ran());
            } catch (ShellException e) {
                omitted.add(name + ": " + e.problem());
                continue;
            }
            LearnedCheck check = LearnedCheck.of(
                    LearnedCheck.nameOf(command.typed(), file.names()),
                    command.ran(),
                    Optional.empty(),
                    changing,
                    false);
            try {
                file.append(check);
                count++;
            } catch (ShellException e) {
                omitted.add(name + ": " + e.problem());
                log.info("Can't append this check:");
                check.yaml().lines().forEach(log::info);
            }
        }
        omitted.forEach(reason -> log.info("Left out: " + reason));
        if (count == 0 && !exist) {
            throw new ShellException(
                    "No check was made of " + transcript, "Specify a file that :save wrote in lshell:interactive");
        }
        log.info("Appended " + Text.count(count, "check") + " to " + file.path() + "; left out "
                + Text.count(omitted.size(), "command"));
        file.advice().ifPresent(log::info);
    }

    private static String text(Path transcript) {
        try {
            return Files.readString(transcript);
        } catch (NoSuchFileException e) {
            throw new ShellException(
                    "learn (lshell.learn) is not found: " + transcript, "Specify a file that :save wrote", e);
        } catch (CharacterCodingException e) {
            throw new ShellException(
                    "learn (lshell.learn) must be UTF-8 text, but " + transcript + " is not",
                    "Remove the commands with binary output from it",
                    e);
        } catch (IOException e) {
            throw new ShellException("Can't read " + transcript + ": " + e, "Specify a readable file", e);
        }
    }

    private static Instant written(Path transcript) {
        try {
            return Files.getLastModifiedTime(transcript).toInstant();
        } catch (IOException e) {
            throw new ShellException("Can't read " + transcript + ": " + e, "Specify a readable file", e);
        }
    }
}
