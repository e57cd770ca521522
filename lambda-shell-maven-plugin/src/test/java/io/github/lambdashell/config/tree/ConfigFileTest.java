package io.github.lambdashell.config.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    private ConfigNode read(String name, String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve(name), text), "item");
    }

    @Test
    void yamlAndJsonBecomeTheSameTreeSaveForPlaces() throws IOException {
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
    void aTextStaysAsItIsWritten() throws IOException {
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
    void whatCanNotBeReadIsNamedWithWhatToDo() throws IOException {
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("missing.yaml"), "item"))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("There is no file " + directory);
        assertThatThrownBy(() -> ConfigFile.read(binary, "item"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> ConfigFile.read(directory, "item"))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("Can't read " + directory);
        assertThatThrownBy(() -> read("a.json", "{\"a\": 1,}"))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("a.json:1:9: ");
    }
}
