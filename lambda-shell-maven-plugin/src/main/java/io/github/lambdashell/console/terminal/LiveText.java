package io.github.lambdashell.console.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Text that is redrawn in place, cut to the size of the screen; the last state remains. */
public final class LiveText {
    private final Terminal terminal;
    private final Display display;

    LiveText(Terminal terminal, boolean redraws) {
        this.terminal = terminal;
        this.display = redraws ? new Display(terminal, false) : null;
    }

    /** Replaces the text. */
    public void show(String text) {
        if (display == null) {
            terminal.writer().println(text);
            terminal.flush();
            return;
        }
        Size size = terminal.getSize();
        int rows = size.getRows() > 0 ? size.getRows() : Integer.MAX_VALUE;
        int columns = size.getColumns() > 0 ? size.getColumns() : Integer.MAX_VALUE;
        List<AttributedString> lines = new ArrayList<>();
        // The last row is for the cursor.
        text.lines()
                .limit(rows - 1)
                .forEach(line -> lines.add(AttributedString.fromAnsi(line).columnSubSequence(0, columns)));
        display.resize(size);
        display.update(lines, size.cursorPos(lines.size(), 0));
    }
}
