package io.github.lambdashell.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sign that something is waited for. */
@Timeout(20)
class SpinnerTest {
    private static final String ERASED = "\r\033[K";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicBoolean waits = new AtomicBoolean(true);
    private ExternalTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        open("xterm");
    }

    private void open(String type) throws IOException {
        terminal = new ExternalTerminal("test", type, InputStream.nullInputStream(), shown, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private Spinner spinner(Screen screen) {
        return Spinner.start(screen, "starting the sandbox", waits::get);
    }

    private void await(String text) throws InterruptedException {
        while (!shown().contains(text)) {
            Thread.sleep(5);
        }
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itTurnsUntilTheWaitIsOver() throws InterruptedException {
        spinner(new Screen(terminal, true));
        await("\r| starting the sandbox\033[K\r/ starting the sandbox\033[K");
        waits.set(false);
        await("sandbox\033[K" + ERASED);
    }

    @Test
    void aLineTakesItsPlace() throws InterruptedException {
        Screen screen = new Screen(terminal, true);
        Spinner spinner = spinner(screen);
        await("sandbox");
        screen.print("a line");
        spinner.end();

        assertThat(shown()).contains(ERASED + "a line");
        String atTheEnd = shown();
        screen.spin('|', "starting the sandbox");
        assertThat(shown()).isEqualTo(atTheEnd);
    }

    @Test
    void aShortWaitShowsNothing() {
        spinner(new Screen(terminal, true)).end();

        assertThat(shown()).isEmpty();
    }

    @Test
    void aTerminalWithoutCursorMovementShowsOneLine() throws IOException, InterruptedException {
        terminal.close();
        open("dumb");
        Screen screen = new Screen(terminal, true);
        Spinner spinner = spinner(screen);
        await("starting the sandbox");
        screen.spin('|', "starting the sandbox");
        spinner.end();

        assertThat(shown()).containsOnlyOnce("starting the sandbox").doesNotContain("\033", "|");
    }
}
