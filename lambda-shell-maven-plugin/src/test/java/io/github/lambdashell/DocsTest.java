package io.github.lambdashell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages quote files of tested builds: a code block after {@code <!-- snippet: FILE -->} is part of that file, links
 * lead to files, classes that the contributors' page names exist, each dependency has its reason, and each public type
 * its comment.
 */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+) -->\\s*```\\w*\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    @TestFactory
    Stream<DynamicTest> snippetsArePartsOfTheirFiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher snippet = SNIPPET.matcher(Files.readString(page));
            while (snippet.find()) {
                String file = snippet.group(1);
                String quoted = snippet.group(2);
                tests.add(DynamicTest.dynamicTest(ROOT.relativize(page) + " quotes " + file, () -> assertThat(
                                Files.readString(ROOT.resolve(file)).replace("@project.version@", version()))
                        .contains(quoted)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @Test
    void eachBlockOfXmlYamlAndJavaIsTested() throws IOException {
        Pattern block = Pattern.compile("(?m)^(?:<!-- (?:(snippet: \\S+)|tested: (\\w+)) -->\n)?```(?:xml|yaml|java)$");
        List<String> untested = new ArrayList<>();
        int count = 0;
        for (Path page : pages()) {
            for (MatchResult found :
                    block.matcher(Files.readString(page)).results().toList()) {
                count++;
                if (found.group(1) == null && !isTestClass(found.group(2))) {
                    untested.add(ROOT.relativize(page) + ": " + found.group());
                }
            }
        }
        assertThat(count).isPositive();
        assertThat(untested).isEmpty();
    }

    private static boolean isTestClass(String name) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("lambda-shell-maven-plugin/src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(name + ".java"));
        }
    }

    @TestFactory
    Stream<DynamicTest> linksLeadToFilesAndHeadingsThatExist() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                String heading = link.group(2);
                tests.add(DynamicTest.dynamicTest(ROOT.relativize(page) + " has the link " + link.group(), () -> {
                    assertThat(target).exists();
                    if (heading != null) {
                        assertThat(anchors(target)).contains(heading);
                    }
                }));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    /** Returns the anchors of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void pagesAndTheDemoNameTheProjectsVersion() throws IOException {
        List<Path> files = new ArrayList<>(pages());
        files.add(ROOT.resolve("it/src/it/demo/pom.xml"));
        files.add(ROOT.resolve("it/src/pictures/pom.xml"));
        for (Path file : files) {
            assertThat(Pattern.compile("\\d+\\.\\d+\\.\\d+-SNAPSHOT")
                            .matcher(Files.readString(file))
                            .results())
                    .as(file.toString())
                    .allMatch(version -> version.group().equals(version()));
        }
    }

    @Test
    void theMenuHasEachPage() throws IOException {
        String menu = Files.readString(ROOT.resolve("lambda-shell-maven-plugin/src/site/site.xml"));
        try (Stream<Path> pages = Files.list(ROOT.resolve("lambda-shell-maven-plugin/src/site/markdown"))) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ".html")))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(menu).contains("href=\"" + page + "\""));
        }
    }

    @TestFactory
    Stream<DynamicTest> eachDependencyHasItsReason() throws IOException {
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        Set<String> names = new TreeSet<>();
        for (String module : List.of("shell-function", "lambda-shell-maven-plugin", "it")) {
            Matcher dependency = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                    .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml"))
                            .replaceAll("(?s)<exclusions>.*?</exclusions>", ""));
            while (dependency.find()) {
                Matcher name = Pattern.compile("<artifactId>(.*?)</artifactId>").matcher(dependency.group());
                if (name.find() && !name.group(1).startsWith("lambda-shell")) {
                    names.add(name.group(1));
                }
            }
        }
        assertThat(names).isNotEmpty();
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(page)
                        .as("the tables of dependencies, with the purpose of each")
                        .contains("`" + name + "`")));
    }

    @Test
    void eachPublicTypeHasItsComment() throws IOException {
        Pattern type = Pattern.compile(
                "^ *public (?:(?:abstract|final|sealed|non-sealed|static) )*(?:class|interface|enum|record|@interface) \\w+",
                Pattern.MULTILINE);
        List<String> without = new ArrayList<>();
        int count = 0;
        for (String module : List.of("shell-function", "lambda-shell-maven-plugin")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    for (MatchResult found : type.matcher(source).results().toList()) {
                        count++;
                        String before = source.substring(0, found.start());
                        if (!before.matches("(?s).*\\*/\\s*(?:@[^\\n]*\\n(?:[^\\n]*\\)\\n)?\\s*)*")) {
                            without.add(
                                    ROOT.relativize(file) + ": " + found.group().strip());
                        }
                    }
                }
            }
        }
        assertThat(count).isPositive();
        assertThat(without).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> testsThatPagesNameExist() throws IOException {
        Set<String> sources;
        try (Stream<Path> files = Files.walk(ROOT.resolve("lambda-shell-maven-plugin/src/test/java"))) {
            sources = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            Pattern.compile("`(\\w+(?:Test|Benchmark))`")
                    .matcher(Files.readString(page))
                    .results()
                    .forEach(name -> named.add(name.group(1)));
        }
        assertThat(named).isNotEmpty();
        return named.stream()
                .map(name ->
                        DynamicTest.dynamicTest(name, () -> assertThat(sources).contains(name + ".java")));
    }

    /** A name of the form {@code check.binding.Vocabulary} is a class of the plugin, or of its tests. */
    @TestFactory
    Stream<DynamicTest> classesThatTheContributorsPageNamesExist() throws IOException {
        Set<String> named = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`")
                .matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty();
        return named.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(Class.forName(
                                "io.github.lambdashell." + name,
                                false,
                                getClass().getClassLoader()))
                        .isNotNull()));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                Stream.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md")
                        .map(ROOT::resolve)
                        .toList());
        try (Stream<Path> site = Files.walk(ROOT.resolve("lambda-shell-maven-plugin/src/site/markdown"))) {
            site.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    private static String version() {
        try {
            Matcher version = Pattern.compile(
                            "<artifactId>lambda-shell-parent</artifactId>\\s*<version>(.*?)</version>")
                    .matcher(Files.readString(ROOT.resolve("pom.xml")));
            assertThat(version.find()).isTrue();
            return version.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
