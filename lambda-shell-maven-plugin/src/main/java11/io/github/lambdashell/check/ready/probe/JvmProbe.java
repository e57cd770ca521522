package io.github.lambdashell.check.ready.probe;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that prints facts of its JVM: {@code subject is value}, which the plugin compares, or what it has judged itself,
 * beginning with {@code ok - } or {@code not ok - }. A line that begins with {@code # } has the reason for the value before
 * it, and a remedy.
 */
public final class JvmProbe {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final HotSpotDiagnosticMXBean HOTSPOT =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private static final List<String> ARGUMENTS =
            ManagementFactory.getRuntimeMXBean().getInputArguments();

    private static final Set<String> ENCODINGS = Set.of("file.encoding", "native.encoding", "sun.jnu.encoding");
    private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah", "Epsilon");

    /** Matches a log line of HotSpot's without its decorations. */
    private static final Pattern LOG_LINE =
            Pattern.compile("(?:\\[[^]]*] ?)*(.*?)(?: \\((?:hint|run with)[^)]*\\).*)?");
    /** Matches what HotSpot prints of a refused archive without a reason. */
    private static final Pattern NO_REASON = Pattern.compile(
            "(?:An error has occurred while|Error occurred during"
                    + "|Unable to use (?:shared archive|AOT cache)|unrecoverable error|CDS is incompatible with other specified|Picked up ).*");

    private static final Pattern ARCHIVED_PATH = Pattern.compile("Expecting -Djava\\.class\\.path=(.*)");
    private static final Pattern ACTUAL_PATH =
            Pattern.compile("APP classpath mismatch, actual: -Djava\\.class\\.path=(.*)");

    private JvmProbe() {}

    /** @param args the facts, each a kind with its parameters after blanks; without any the program only starts */
    public static void main(String[] args) throws IOException {
        for (String arg : args) {
            String[] words = arg.split(" ", 2);
            switch (words[0]) {
                case "property":
                    property(words[1]);
                    break;
                case "option":
                    option(words[1]);
                    break;
                case "maxHeap":
                    BigDecimal bytes =
                            new BigDecimal(HOTSPOT.getVMOption("MaxHeapSize").getValue());
                    fact(
                            "maxHeap",
                            bytes.divide(BigDecimal.valueOf(1 << 20), 6, RoundingMode.HALF_UP)
                                            .stripTrailingZeros()
                                            .toPlainString()
                                    + " MB");
                    break;
                case "gc":
                    fact("gc", collector());
                    break;
                case "timeZone":
                    fact("timeZone", TimeZone.getDefault().getID());
                    String zone = System.getenv("TZ");
                    reason(reasonOf("user.timezone")
                            .orElse((zone == null ? "TZ is not set" : "TZ is " + zone)
                                    + "; set the environment variable TZ of the function"));
                    break;
                case "locale":
                    fact("locale", Locale.getDefault().toLanguageTag());
                    reason(reasonOf("user.language").orElse(locale()));
                    break;
                case "charset":
                    String charset = Charset.defaultCharset().name();
                    fact("charset", charset);
                    reason(reasonOf("file.encoding").orElse(encodedBy(charset)));
                    break;
                case "fonts":
                    fonts();
                    break;
                case "agent":
                    agent(words[1]);
                    break;
                case "agents":
                    noAgents();
                    break;
                case "cds":
                    cds(Path.of(words[1]));
                    break;
                default:
                    throw new IllegalArgumentException(arg);
            }
        }
        OUT.flush();
        // AWT and agents may have started threads.
        Runtime.getRuntime().halt(0);
    }

    private static void fact(String subject, String value) {
        OUT.println(subject + " is " + line(value));
    }

    private static void reason(String reason) {
        OUT.println("# " + line(reason));
    }

    private static String line(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static void property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            OUT.println("property " + name + " has no value");
            return;
        }
        fact("property " + name, value);
        Optional<String> option = reasonOf(name);
        if (option.isPresent()) {
            reason(option.get());
        } else if (ENCODINGS.contains(name)) {
            reason(encodedBy(value));
        }
    }

    /** Returns that an option of the JVM sets a property, if one does. */
    private static Optional<String> reasonOf(String property) {
        return ARGUMENTS.stream()
                .filter(argument -> argument.startsWith("-D" + property + "="))
                .findFirst()
                .map(argument -> "set by " + argument + " of the JVM");
    }

    private static String encodedBy(String charset) {
        if (charset.equals("UTF-8")) {
            return locale();
        }
        String remedy = "C.UTF-8".equals(System.getenv("LC_ALL"))
                ? "; use an image that has it, in /usr/lib/locale/C.utf8"
                : "; set the environment variable LC_ALL=C.UTF-8 of the function";
        return locale() + remedy;
    }

    /** Returns where the JVM has its locale from. */
    private static String locale() {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                boolean refused = value.matches("(?i).*\\.utf-?8")
                        && !System.getProperty("sun.jnu.encoding").equals("UTF-8");
                return refused
                        ? "the locale " + value + " of " + name + " is not installed"
                        : "the locale is " + value + " by " + name;
            }
        }
        return "none of LC_ALL, LC_CTYPE and LANG is set";
    }

    private static void option(String name) {
        try {
            fact("option " + name, HOTSPOT.getVMOption(name).getValue());
        } catch (IllegalArgumentException e) {
            OUT.println("not ok - option " + name + " does not exist in " + System.getProperty("java.vm.name") + " "
                    + System.getProperty("java.vm.version") + "; is it spelled as after -XX:+? A diagnostic or"
                    + " experimental one needs -XX:+UnlockDiagnosticVMOptions or -XX:+UnlockExperimentalVMOptions");
        }
    }

    private static String collector() {
        for (String name : COLLECTORS) {
            try {
                if (HOTSPOT.getVMOption("Use" + name + "GC").getValue().equals("true")) {
                    return name.equals("Z") ? "ZGC" : name;
                }
            } catch (IllegalArgumentException e) {
                // This JVM was built without it.
            }
        }
        return ManagementFactory.getGarbageCollectorMXBeans().get(0).getName();
    }

    private static void fonts() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            Graphics2D graphics = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB).createGraphics();
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
            new TextLayout("Text", font, graphics.getFontRenderContext()).draw(graphics, 0, 20);
            int families = GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length;
            OUT.println("ok - fonts: text can be laid out, with " + families + " families");
        } catch (RuntimeException | Error e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            OUT.println("not ok - fonts: text can't be laid out: " + line(cause.toString()) + fontRemedy(cause));
        }
    }

    private static String fontRemedy(Throwable cause) {
        if (cause instanceof UnsatisfiedLinkError) {
            return "; add the library to lib/ of the package or of a layer";
        }
        // Java 11 reports a missing configuration by a NullPointerException without a message.
        boolean configuration = Arrays.stream(cause.getStackTrace()).limit(1).anyMatch(frame -> frame.getClassName()
                .equals("sun.awt.FontConfiguration"));
        return configuration
                ? "; fontconfig finds no font: add fonts and a fonts.conf with their <dir> to the package or a layer, set the"
                        + " environment variable FONTCONFIG_FILE to the path of fonts.conf, and add libfontconfig.so.1 to"
                        + " lib/ if the runtime has none"
                : "";
    }

    // Agents

    private static void agent(String pattern) {
        Pattern name = Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        for (String agent : agents()) {
            String file = agent.substring(agent.lastIndexOf('/') + 1);
            if (Stream.of(agent, file, file.replaceFirst("\\.(jar|so)$", ""))
                    .anyMatch(one -> name.matcher(one).matches())) {
                OUT.println("ok - agent " + pattern + " is loaded: " + line(agent));
                return;
            }
        }
        OUT.println("not ok - agent " + pattern + " is not loaded: the JVM has "
                + (agents().isEmpty() ? "no agents" : line(String.join(", ", agents())))
                + "; set the environment variable JAVA_TOOL_OPTIONS=-javaagent:PATH of the function");
    }

    private static void noAgents() {
        OUT.println(
                agents().isEmpty()
                        ? "ok - agents: none is loaded"
                        : "not ok - agents are loaded, but expected none: " + line(String.join(", ", agents())));
    }

    /** Returns the paths or names of the agents, without their options, which may have secrets. */
    private static List<String> agents() {
        return ARGUMENTS.stream()
                .filter(argument -> argument.matches("-(javaagent|agentlib|agentpath):.*"))
                .map(argument -> argument.substring(argument.indexOf(':') + 1).split("=", 2)[0])
                .collect(Collectors.toList());
    }

    // Class data sharing

    /** @param attempt the output of the JVM where it was required to use its archives, empty if it started */
    private static void cds(Path attempt) throws IOException {
        List<String> output = Files.readAllLines(attempt);
        Set<String> archives = archives();
        if (ARGUMENTS.contains("-Xshare:off")) {
            OUT.println("not ok - cds: no archive is used: -Xshare:off is among the options of the JVM");
        } else if (!output.isEmpty() || archives.isEmpty()) {
            String configured = configuredArchives();
            OUT.println("not ok - cds: "
                    + (configured.isEmpty() ? "the default archive" : "the archive " + line(configured))
                    + " is refused: " + line(refusal(output)));
        } else {
            OUT.println("ok - cds: used is " + line(String.join(", ", archives)));
        }
    }

    private static String configuredArchives() {
        return ARGUMENTS.stream()
                .filter(argument -> argument.matches("-XX:(SharedArchiveFile|AOTCache)=.*"))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .collect(Collectors.joining(", "));
    }

    private static Set<String> archives() throws IOException {
        Set<Path> configured = Stream.of(configuredArchives().split("[:,] ?"))
                .filter(name -> !name.isEmpty())
                .map(name -> Path.of(name).toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        Set<String> archives = new TreeSet<>();
        Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps)) {
            // On macOS, that the JVM starts if it is required to use its archives has to do.
            return Set.of(configured.isEmpty() ? "the default archive" : configuredArchives());
        }
        for (String mapping : Files.readAllLines(maps)) {
            int path = mapping.indexOf('/');
            if (path >= 0 && (mapping.endsWith(".jsa") || configured.contains(Path.of(mapping.substring(path))))) {
                archives.add(mapping.substring(path));
            }
        }
        return archives;
    }

    private static String refusal(List<String> output) {
        Set<String> reasons = new LinkedHashSet<>();
        String archived = "";
        for (String logged : output) {
            Matcher line = LOG_LINE.matcher(logged);
            String text = line.matches() ? line.group(1).strip() : logged;
            Matcher path = ARCHIVED_PATH.matcher(text);
            Matcher actual = ACTUAL_PATH.matcher(text);
            if (path.matches()) {
                archived = path.group(1);
            } else if (actual.find()) {
                // The last entry is the program's own.
                String classPath = actual.group(1).replaceFirst(":[^:]*$", "");
                reasons.add("its class path is " + archived + ", but the JVM's is " + classPath);
            } else if (!logged.contains("[info")
                    && !text.isEmpty()
                    && !NO_REASON.matcher(text).matches()) {
                reasons.add(text);
            }
        }
        return reasons.isEmpty() ? "the JVM gives no reason" : String.join("; ", reasons);
    }
}
