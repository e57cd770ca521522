package io.github.lambdashell.target.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path root;

    /** Something to keep. */
    record Note(String text, Instant time, Map<String, String> tags) {}

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void everythingInItIsPrivate() throws Exception {
        Path existing = Files.createDirectory(
                root.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        StateDirectory state = StateDirectory.open(existing);
        Path file = state.directory("notes/deep").resolve("note.json");
        state.write(file, new Note("x", Instant.EPOCH, Map.of()));
        assertThat(mode(existing)).isEqualTo("rwx------");
        assertThat(mode(root.resolve("state/notes"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("state/notes/deep"))).isEqualTo("rwx------");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(root.resolve("state/lock"))).isEqualTo("rw-------");
        assertThat(mode(state.temporaryFile())).isEqualTo("rw-------");
    }

    @Test
    void aRecordComesBackAsItWasWritten() throws Exception {
        StateDirectory state = StateDirectory.open(root.resolve("state"));
        Note note = new Note("é\n", Instant.parse("2026-01-02T03:04:05.678Z"), Map.of("a", "1"));
        Path file = state.directory("notes").resolve("note.json");
        assertThat(state.read(file, Note.class)).isEmpty();
        state.write(file, note);
        assertThat(state.read(file, Note.class)).contains(note);
        state.close();
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
    }

    /** Another process, which has unfinished content until it is killed. */
    public static void main(String[] args) throws Exception {
        StateDirectory state = StateDirectory.open(Path.of(args[0]));
        Files.writeString(state.temporaryDirectory().resolve("content"), "unfinished");
        Files.writeString(state.ownedDirectory("sandboxes/1").resolve("content"), "of a sandbox");
        System.out.println("ready");
        Thread.sleep(600_000);
        state.close();
    }

    @Test
    void theUnfinishedContentOfAKilledProcessIsRemovedAndThatOfALivingOneIsKept() throws Exception {
        Path directory = root.resolve("state");
        Process other = new ProcessBuilder(JavaCommand.of(StateDirectoryTest.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (StateDirectory own = StateDirectory.open(directory)) {
            Path mine = own.temporaryFile();
            assertThat(other.inputReader().readLine()).isEqualTo("ready");
            StateDirectory.open(directory).close();
            assertThat(directory.resolve("tmp")).isDirectoryRecursivelyContaining("glob:**/content");
            assertThat(directory.resolve("sandboxes/1")).isNotEmptyDirectory();

            other.destroyForcibly().waitFor();
            StateDirectory.open(directory).close();

            assertThat(directory.resolve("tmp")).isDirectoryNotContaining("glob:**/" + other.pid() + "-*");
            assertThat(directory.resolve("sandboxes")).isEmptyDirectory();
            assertThat(mine).exists();
        } finally {
            other.destroyForcibly();
        }
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedWithWhatToDo() throws Exception {
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> StateDirectory.open(file.resolve("state")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(file.resolve("state").toString())
                .hasMessageContaining("-Dlshell.home");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        assumeTrue(Files.getAttribute(root, "unix:uid").equals(0), "only root can give a directory away");
        Path state = Files.createDirectory(root.resolve("state"));
        Files.setAttribute(state, "unix:uid", 12345);

        assertThatThrownBy(() -> StateDirectory.open(state))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(state + " belongs to another user")
                .hasMessageContaining("-Dlshell.home");
        assertThat(mode(state)).isNotEqualTo("rwx------");
    }

    @Test
    void nothingLeavesTheDirectory() {
        StateDirectory state = StateDirectory.open(root.resolve("state"));
        assertThatThrownBy(() -> state.directory("../outside")).isInstanceOf(IllegalArgumentException.class);
        assertThat(root.resolve("outside")).doesNotExist();
    }

    @Test
    void oneAtATimeHoldsTheLock() throws Exception {
        List<Thread> threads = new ArrayList<>();
        int[] counter = new int[1];
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            // Each with an opening of its own, as two endpoints of one process have.
            StateDirectory state = StateDirectory.open(root.resolve("state"));
            threads.add(new Thread(() -> {
                try {
                    for (int turn = 0; turn < 200; turn++) {
                        state.locked(() -> counter[0]++);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(counter[0]).isEqualTo(1600);
    }
}
