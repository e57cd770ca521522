package io.github.lambdashell.config.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    private ConfigNode read(String name, String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve(name), text), directory, "item", Set.of("event"));
    }

    @Test
    void yamlAndJsonBecomeTheSameTreeApartFromPlaces() throws IOException {
        ConfigNode yaml = read("a.yaml", "é: 1\nlist:\n  - x: yes\n  - two\nnothing:\n");
        ConfigNode json = read("a.json", "{\"é\": 1,\n\"list\":\n [{\"x\": \"yes\"},\n  \"two\"],\n\"nothing\": null}");

        for (ConfigNode root : List.of(yaml, json)) {
            assertThat(root.children()).extracting(ConfigNode::name).containsExactly("é", "list", "list", "nothing");
            assertThat(root.children().get(0).text()).isEqualTo("1");
            assertThat(root.children().get(1).children().get(0).text()).isEqualTo("yes");
            assertThat(root.children().get(2).text()).isEqualTo("two");
            assertThat(root.children().get(3).isEmpty()).isTrue();
        }
        assertThat(yaml.children().get(2).place()).isEqualTo("a.yaml:4:5");
        assertThat(json.children().get(2).place()).isEqualTo("a.json:4:3");
    }

    @Test
    void placesAreRelativeToADirectoryAbove() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("orders")).resolve("a.yaml"), "x: 1");

        assertThat(ConfigFile.read(file, directory, "item", Set.of())
                        .children()
                        .get(0)
                        .place())
                .isEqualTo("orders/a.yaml:1:1");
        assertThat(ConfigFile.read(file, directory.resolve("billing"), "item", Set.of())
                        .children()
                        .get(0)
                        .place())
                .isEqualTo("a.yaml:1:1");
    }

    @Test
    void aTextIsNotConverted() throws IOException {
        ConfigNode root = read("a.yaml", "a: 0644\nb: 1.10\nc: |\n  one\n  two\nd: ' x '\ne: 1_000\nf: off\n");

        assertThat(root.children())
                .extracting(ConfigNode::text)
                .containsExactly("0644", "1.10", "one\ntwo\n", " x ", "1_000", "off");
    }

    @Test
    void aListIsItsItems() throws IOException {
        ConfigNode root = read("a.yaml", "- a: 1\n- b: 2\n");

        assertThat(root.children()).extracting(ConfigNode::name).containsExactly("item", "item");
    }

    @Test
    void anAliasIsReplacedByItsAnchorsNode() throws IOException {
        ConfigNode root = read("a.yaml", """
                text: &t one
                map: &m {a: 1}
                list: &l
                  - x
                  - &y y
                texts: *t
                other: *m
                items: *l
                mixed: [*y, *t]
                """);

        assertThat(root.children())
                .extracting(ConfigNode::name)
                .containsExactly("text", "map", "list", "list", "texts", "other", "items", "items", "mixed", "mixed");
        assertThat(root.children())
                .extracting(ConfigNode::text)
                .containsExactly("one", null, "x", "y", "one", null, "x", "y", "y", "one");
        ConfigNode other = root.children().get(5);
        assertThat(other.place()).isEqualTo("a.yaml:7:1");
        assertThat(other.children().get(0).place()).as("where it is written").isEqualTo("a.yaml:2:10");
    }

    @Test
    void aMergeKeyAddsMissingKeys() throws IOException {
        ConfigNode root = read("a.yaml", """
                - &a {x: 1, l: [1, 2]}
                - &b {x: 2, y: 2}
                - {<<: *a, x: 3}
                - {l: 3, <<: [*a, *b], z: 4}
                - {<<: {q: 5}}
                """);

        assertThat(root.children())
                .extracting(item -> item.children().stream()
                        .map(member -> member.name() + "=" + member.text())
                        .toList())
                .containsExactly(
                        List.of("x=1", "l=1", "l=2"),
                        List.of("x=2", "y=2"),
                        List.of("x=3", "l=1", "l=2"),
                        List.of("l=3", "z=4", "x=1", "y=2"),
                        List.of("q=5"));
        assertThat(root.children().get(3).children().get(2).place()).isEqualTo("a.yaml:1:7");
    }

    @Test
    void inJsonAMergeKeyIsAnOrdinaryKey() throws IOException {
        assertThat(read("a.json", "{\"<<\": {\"a\": 1}}").children())
                .extracting(ConfigNode::name)
                .containsExactly("<<");
    }

    @Test
    void aliasesCantExpandToMillionsOfElements() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String once = "{k: *a" + (i - 1) + "}";
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(once);
            bomb.append((", " + once).repeat(9)).append("]\n");
        }

        assertThatThrownBy(() -> read("a.yaml", bomb.toString()))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("a.yaml:5:")
                .hasMessageContaining("more than 100000 elements");
    }

    @Test
    void aliasesCantNestElementsWithoutLimit() {
        StringBuilder chain = new StringBuilder("a0: &a0 {k: x}\n");
        for (int i = 1; i < 20_000; i++) {
            chain.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" {k: *a")
                    .append(i - 1)
                    .append("}\n");
        }

        assertThatThrownBy(() -> read("a.yaml", chain.toString()))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("a.yaml:50:1: elements are nested more than 50 levels deep");
    }

    @Test
    void aKeyOccursOnlyOnceInYamlAndJson() {
        assertThatThrownBy(() -> read("a.yaml", "a: 1\nb: {c: 1, c: 2}\n"))
                .hasMessageStartingWith("a.yaml:2:11: c may occur only once");
        assertThatThrownBy(() -> read("a.json", "{\"a\": 1,\n\t\"b\": {\"c\": 1, \"c\": 2}}"))
                .hasMessageStartingWith("a.json:2:16: c may occur only once");
    }

    @Test
    void anInvalidCharacterIsReportedWithItsPlace() {
        assertThatThrownBy(() -> read("a.yaml", "a: 1\nb: x\u0001\n"))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("a.yaml:2:5: ");
    }

    @Test
    void unreadableFilesAreReportedWithARemedy() throws IOException {
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("missing.yaml"), directory, "item", Set.of("event")))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("File not found: " + directory);
        assertThatThrownBy(() -> ConfigFile.read(binary, directory, "item", Set.of("event")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> ConfigFile.read(directory, directory, "item", Set.of("event")))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("Can't read " + directory);
        assertThatThrownBy(() -> read("a.json", "{\"a\": 1,}"))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("a.json:1:9: ");
    }

    @Test
    void aMapOrListOfTheUsersOwnIsJson() throws IOException {
        ConfigNode yaml = read("a.yaml", """
                base: &base {a: 1, b: [x, {c: null}]}
                event:
                  <<: *base
                  b: [[1.10, -5e3], "true", true, no, 0x1F, 2026-11-28, "", ~]
                  nested: {event: [1]}
                """);
        ConfigNode json =
                read("a.json", "{\"event\": {\"b\": [[1.10, -5e3, 1e400], \"é\", true, null], \"a\": {}}, \"x\": [1]}");

        assertThat(yaml.children().get(1).text())
                .isEqualTo("{\"b\":[[1.10,-5E+3],\"true\",true,\"no\",\"0x1F\",\"2026-11-28\",\"\",null],"
                        + "\"nested\":{\"event\":[1]},\"a\":1}");
        assertThat(json.children().get(0).text()).isEqualTo("{\"b\":[[1.10,-5e3,1e400],\"é\",true,null],\"a\":{}}");
        assertThat(json.children().get(1).text()).isEqualTo("1");
    }

    @Test
    void jsonOfTheUsersOwnHasTheSameLimits() {
        assertThatThrownBy(() -> read("a.json", "{\"event\": {\"a\": {\"b\": 1,\n \"b\": 2}}}"))
                .hasMessageStartingWith("a.json:2:2: b may occur only once");
        assertThatThrownBy(() -> read("a.yaml", "event: &a {b: *a}"))
                .hasMessageContaining("an alias refers to an element that contains it");
        assertThatThrownBy(() -> read("a.yaml", "event: " + "[".repeat(60) + "]".repeat(60)))
                .hasMessageContaining("Nesting Depth exceeded max 50");
    }
}
