package io.github.lambdashell.report.html;

import io.github.lambdashell.report.text.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal's output as HTML: colours and styles (ECMA-48's SGR) become spans, other escape sequences are omitted, other
 * control characters are shown by their numbers.
 */
final class AnsiHtml {
    /** CSI sequences, OSC strings up to BEL or ST, and the two-character escapes. */
    private static final Pattern ESCAPE = Pattern.compile(
            "\u001b(?:\\[([0-9;:]*)([@-~])|\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[ -/]*[0-Z\\\\^-~])");

    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

    private String foreground = "";
    private String background = "";
    private boolean bold;
    private boolean faint;
    private boolean italic;
    private boolean underline;
    private boolean strike;
    private boolean inverse;

    private final StringBuilder html = new StringBuilder();

    private AnsiHtml() {}

    /** Renders a text; the result is well-formed for every text. */
    static String render(String text) {
        AnsiHtml rendered = new AnsiHtml();
        Matcher escape = ESCAPE.matcher(text);
        int start = 0;
        while (escape.find()) {
            rendered.text(text.substring(start, escape.start()));
            if ("m".equals(escape.group(2))) {
                rendered.style(escape.group(1));
            }
            start = escape.end();
        }
        rendered.text(text.substring(start));
        return rendered.html.toString();
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        String escaped = Xml.escape(text.replace("\r\n", "\n"));
        String classes = classes();
        String style = colour(inverse ? "background" : "color", foreground)
                + colour(inverse ? "color" : "background", background);
        if (classes.isEmpty() && style.isEmpty()) {
            html.append(escaped);
            return;
        }
        html.append("<span");
        if (!classes.isEmpty()) {
            html.append(" class=\"").append(classes).append('"');
        }
        if (!style.isEmpty()) {
            html.append(" style=\"").append(style).append('"');
        }
        html.append('>').append(escaped).append("</span>");
    }

    private String classes() {
        List<String> classes = new ArrayList<>();
        add(classes, bold, "b");
        add(classes, faint, "faint");
        add(classes, italic, "i");
        add(classes, underline, "u");
        add(classes, strike, "s");
        add(classes, inverse && foreground.isEmpty() && background.isEmpty(), "inverse");
        return String.join(" ", classes);
    }

    private static void add(List<String> classes, boolean on, String name) {
        if (on) {
            classes.add(name);
        }
    }

    private static String colour(String property, String value) {
        return value.isEmpty() ? "" : property + ":" + value + ";";
    }

    private void style(String parameters) {
        String[] codes = parameters.isEmpty() ? new String[] {"0"} : parameters.split("[;:]", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes, i);
            if (code == 38 || code == 48) {
                boolean indexed = number(codes, i + 1) == 5;
                String colour = indexed
                        ? indexed(number(codes, i + 2))
                        : rgb(number(codes, i + 2), number(codes, i + 3), number(codes, i + 4));
                if (code == 38) {
                    foreground = colour;
                } else {
                    background = colour;
                }
                i += indexed ? 2 : 4;
            } else {
                simple(code);
            }
        }
    }

    private void simple(int code) {
        switch (code) {
            case 0 -> {
                foreground = "";
                background = "";
                bold = faint = italic = underline = strike = inverse = false;
            }
            case 1 -> bold = true;
            case 2 -> faint = true;
            case 3 -> italic = true;
            case 4 -> underline = true;
            case 7 -> inverse = true;
            case 9 -> strike = true;
            case 22 -> bold = faint = false;
            case 23 -> italic = false;
            case 24 -> underline = false;
            case 27 -> inverse = false;
            case 29 -> strike = false;
            case 39 -> foreground = "";
            case 49 -> background = "";
            default -> {
                if (code >= 30 && code <= 37) {
                    foreground = named(code - 30);
                } else if (code >= 40 && code <= 47) {
                    background = named(code - 40);
                } else if (code >= 90 && code <= 97) {
                    foreground = named(code - 82);
                } else if (code >= 100 && code <= 107) {
                    background = named(code - 92);
                }
            }
        }
    }

    private static int number(String[] codes, int index) {
        return index < codes.length && codes[index].matches("\\d{1,3}") ? Integer.parseInt(codes[index]) : 0;
    }

    /** Returns one of the 16 colours, which the page defines for light and dark. */
    private static String named(int index) {
        return "var(--ansi" + index + ")";
    }

    private static String indexed(int index) {
        if (index < 16) {
            return named(index);
        }
        if (index < 232) {
            int cube = index - 16;
            return rgb(CUBE[cube / 36], CUBE[cube / 6 % 6], CUBE[cube % 6]);
        }
        int grey = 8 + 10 * (Math.min(index, 255) - 232);
        return rgb(grey, grey, grey);
    }

    private static String rgb(int red, int green, int blue) {
        return "rgb(" + Math.min(red, 255) + "," + Math.min(green, 255) + "," + Math.min(blue, 255) + ")";
    }
}
