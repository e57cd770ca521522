package io.github.lambdashell.it.terminal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jline.utils.ScreenTerminal;

/** The screens of a session, one after the other, and an animated SVG of them. */
final class Recording {
    private static final double CHARACTER = 8.4;
    private static final int LINE = 19;
    private static final int MARGIN = 14;

    /** Milliseconds for which the last screen stays. */
    private static final int END = 5_000;

    /** A palette: background, frame, text, dimmed text, red, green, yellow, blue and cyan. */
    static final List<String> LIGHT =
            List.of("#ffffff", "#d0d7de", "#1f2328", "#656d76", "#cf222e", "#116329", "#7d4e00", "#0550ae", "#1b7c83");

    static final List<String> DARK =
            List.of("#0d1117", "#30363d", "#e6edf3", "#8b949e", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#56d4dd");

    private static final List<String> COLOURS = List.of("red", "green", "yellow", "blue", "cyan");

    /** A screen from a time on, with the place of the cursor. */
    private record Screen(int millis, long[] cells, int cursorX, int cursorY) {}

    private final int columns;
    private final int rows;
    private final List<Screen> screens = new ArrayList<>();
    private int millis;

    Recording(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Adds a screen that is shown after some milliseconds. */
    void add(int pause, long[] cells, int[] cursor) {
        millis += pause;
        screens.add(new Screen(millis, cells, cursor[0], cursor[1]));
    }

    String svg(String title, List<String> palette) {
        StringBuilder style = new StringBuilder();
        StringBuilder body = new StringBuilder();
        for (Map<Integer, String> changes : changesOfPlaces()) {
            draw(changes, body, style);
        }
        for (int i = 0; i < COLOURS.size(); i++) {
            style.append(".%s{fill:%s}".formatted(COLOURS.get(i), palette.get(i + 4)));
        }
        style.append("\n@keyframes cursor{");
        for (Screen screen : screens) {
            style.append(percent(screen.millis))
                    .append("{transform:")
                    .append(cursor(screen))
                    .append('}');
        }
        style.append("}\n");
        int width = (int) (columns * CHARACTER) + 2 * MARGIN;
        int height = rows * LINE + 2 * MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <style>
                text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;fill:%4$s}
                .dim{fill:%5$s}.bold{font-weight:bold}
                .t{visibility:hidden}.t,.cursor{animation:%6$dms step-end infinite}
                .cursor{fill:%4$s;opacity:.6;animation-name:cursor;transform:%7$s}
                %8$s@media(prefers-reduced-motion:reduce){.t,.cursor{animation:none}.last{visibility:visible}}
                </style>
                <rect width="%1$d" height="%2$d" rx="8" fill="%10$s"/>
                <rect x=".5" y=".5" width="%11$d" height="%12$d" rx="8" fill="none" stroke="%13$s"/>
                <rect class="cursor" width="%14$.1f" height="%15$d"/>
                %9$s</svg>
                """.formatted(
                        width,
                        height,
                        title,
                        palette.get(2),
                        palette.get(3),
                        millis + END,
                        cursor(screens.get(screens.size() - 1)),
                        style,
                        body,
                        palette.get(0),
                        width - 1,
                        height - 1,
                        palette.get(1),
                        CHARACTER,
                        LINE - 3);
    }

    private static String cursor(Screen screen) {
        return String.format(
                Locale.ROOT,
                "translate(%.1fpx,%dpx)",
                MARGIN + screen.cursorX * CHARACTER,
                MARGIN + screen.cursorY * LINE + 2);
    }

    /** Returns, for each place at which a text begins, the texts by the times from which they are shown. */
    private Collection<Map<Integer, String>> changesOfPlaces() {
        Map<Integer, Map<Integer, String>> places = new TreeMap<>();
        for (Screen screen : screens) {
            Map<Integer, String> texts = texts(screen);
            places.forEach((place, changes) -> changes.put(screen.millis, texts.getOrDefault(place, "")));
            texts.forEach((place, text) ->
                    places.computeIfAbsent(place, key -> new TreeMap<>()).put(screen.millis, text));
        }
        return places.values();
    }

    /** Returns elements for the texts of the same attributes, by the place of their first character. */
    private Map<Integer, String> texts(Screen screen) {
        Map<Integer, String> texts = new TreeMap<>();
        for (int begin = 0, end; begin < screen.cells.length; begin = end) {
            String attributes = attributes(screen.cells[begin]);
            StringBuilder text = new StringBuilder();
            for (end = begin;
                    end < screen.cells.length && attributes(screen.cells[end]).equals(attributes);
                    end++) {
                if (end > begin && end % columns == 0) {
                    break;
                }
                int character = ScreenTerminal.cellCodePoint(screen.cells[end]);
                text.appendCodePoint(character < ' ' ? ' ' : character);
            }
            String shown = text.toString().stripTrailing();
            if (!shown.isEmpty()) {
                texts.put(
                        begin,
                        String.format(
                                Locale.ROOT,
                                "<text class=\"t %s\" x=\"%.1f\" y=\"%d\" textLength=\"%.1f\">%s</text>",
                                attributes,
                                MARGIN + begin % columns * CHARACTER,
                                MARGIN + begin / columns * LINE + 14,
                                shown.length() * CHARACTER,
                                shown.replace("&", "&amp;").replace("<", "&lt;")));
            }
        }
        return texts;
    }

    /** Draws each text of a place while it is there. */
    private void draw(Map<Integer, String> changes, StringBuilder body, StringBuilder style) {
        List<Integer> times = new ArrayList<>();
        String before = "";
        for (Map.Entry<Integer, String> change : changes.entrySet()) {
            if (!change.getValue().equals(before)) {
                times.add(change.getKey());
            }
            before = change.getValue();
        }
        for (int i = 0; i < times.size(); i++) {
            String text = changes.get(times.get(i));
            if (text.isEmpty()) {
                continue;
            }
            boolean last = i == times.size() - 1;
            String name = "k" + Integer.toString(style.length(), 36);
            body.append(text.replaceFirst(
                            "\"t (.*?)\"",
                            "\"t $1" + (last ? " last" : "") + "\" style=\"animation-name:" + name + "\""))
                    .append('\n');
            style.append("@keyframes %s{%s{visibility:visible}%s{visibility:%s}}%n"
                    .formatted(
                            name,
                            percent(times.get(i)),
                            last ? "to" : percent(times.get(i + 1)),
                            last ? "visible" : "hidden"));
        }
    }

    private String percent(int at) {
        return String.format(Locale.ROOT, "%.2f%%", 100.0 * at / (millis + END));
    }

    private static String attributes(long cell) {
        List<String> attributes = new ArrayList<>();
        if (ScreenTerminal.cellBold(cell)) {
            attributes.add("bold");
        }
        if (ScreenTerminal.cellDim(cell)) {
            attributes.add("dim");
        }
        if (ScreenTerminal.cellHasForeground(cell)) {
            attributes.add(colour(ScreenTerminal.cellForeground(cell)));
        }
        return String.join(" ", attributes);
    }

    /** Returns the name of a colour that has four bits for each of red, green and blue. */
    private static String colour(int rgb) {
        boolean red = (rgb >> 8 & 0xf) > 6;
        boolean green = (rgb >> 4 & 0xf) > 6;
        boolean blue = (rgb & 0xf) > 6;
        if (red) {
            return green ? (blue ? "dim" : "yellow") : "red";
        }
        return green ? (blue ? "cyan" : "green") : (blue ? "blue" : "dim");
    }
}
