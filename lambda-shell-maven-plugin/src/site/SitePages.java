import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Completes the pages that {@code mvn site} has rendered, so that the links of the repository's pages work there too:
 * headings get the anchors that GitHub gives them, and links to files of the repository become links to GitHub. Quoted
 * code loses the indentation that it has in its file.
 * Fails if a link leads nowhere.
 */
class SitePages {
    private static final Path PAGES = Path.of("lambda-shell-maven-plugin/src/site/markdown");
    private static final Pattern LINK =
            Pattern.compile("\\b(href|src|srcset)=\"(?!\\w+:|//)([^\"#?]*)((?:#[^\"]*)?)\"");
    private static final Pattern HEADING =
            Pattern.compile("(<a id=\"[^\"]*\"></a>\\s*)<h([1-6])>(.*?)</h\\2>", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("(<code class=\"language-\\w+\">)(.*?)(</code></pre>)", Pattern.DOTALL);

    private final Path site;
    private final Path repository;
    private final String url;
    private final List<String> dead = new ArrayList<>();
    private int links;

    private SitePages(Path site, Path repository, String url) {
        this.site = site;
        this.repository = repository;
        this.url = url;
    }

    public static void main(String[] arguments) throws IOException {
        Path site = Path.of(arguments[0]);
        List<Path> pages;
        try (Stream<Path> files = Files.list(site)) {
            pages = files.filter(file -> file.toString().endsWith(".html")).toList();
        }
        SitePages all = new SitePages(site, Path.of(arguments[1]).toRealPath(), arguments[2]);
        for (Path page : pages) {
            all.complete(page);
        }
        for (Path page : pages) {
            all.followLinks(page);
        }
        if (all.links == 0 || !all.dead.isEmpty()) {
            throw new IllegalStateException(all.dead.size() + " of the site's " + all.links
                    + " links lead nowhere; correct the pages:\n" + String.join("\n", all.dead));
        }
        System.out.println(all.links + " links of " + pages.size() + " pages lead to a page, a heading or a file");
    }

    private void complete(Path page) throws IOException {
        String html = HEADING.matcher(Files.readString(page)).replaceAll(heading -> {
            String level = heading.group(2);
            return Matcher.quoteReplacement(heading.group(1) + "<h" + level + " id=\"" + anchor(heading.group(3)) + "\">"
                    + heading.group(3) + "</h" + level + ">");
        });
        html = CODE.matcher(html)
                .replaceAll(code -> Matcher.quoteReplacement(
                        code.group(1) + code.group(2).stripTrailing().stripIndent() + "\n" + code.group(3)));
        Files.writeString(page, html);
    }

    private static String anchor(String title) {
        return title.replaceAll("<[^>]*>|&\\w+;", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }

    private void followLinks(Path page) throws IOException {
        String html = LINK.matcher(Files.readString(page)).replaceAll(link -> {
            links++;
            String target = target(page, link.group(2)) + link.group(3);
            if (!target.startsWith("http") && !leadsSomewhere(page, target)) {
                dead.add(page.getFileName() + ": " + link.group());
            }
            return Matcher.quoteReplacement(link.group(1) + "=\"" + target + "\"");
        });
        Files.writeString(page, html);
    }

    /** Returns where a link leads to, from the site. It may be one from the folder of the pages' sources, or the root. */
    private String target(Path page, String link) {
        if (link.isEmpty() || Files.exists(page.resolveSibling(link))) {
            return link;
        }
        Path name = Path.of(link).getFileName();
        if (Files.exists(site.resolve(name))) {
            return name.toString();
        }
        Path source = (link.startsWith("..") ? repository.resolve(PAGES) : repository)
                .resolve(link.replaceFirst("\\.html$", ".md"))
                .normalize();
        return Files.exists(source) ? url + "/blob/main/" + repository.relativize(source) : link;
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        try {
            return Files.exists(target)
                    && (parts.length == 1
                            || parts[1].isEmpty()
                            || Pattern.compile("\\b(?:id|name)=\"" + Pattern.quote(parts[1]) + "\"")
                                    .matcher(Files.readString(target))
                                    .find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
