package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.HandlerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventArgumentsTest {
    @TempDir
    private Path files;

    private final EventArguments arguments = new EventArguments();
    private Path order;

    @BeforeEach
    void writeFile() throws IOException {
        order = Files.writeString(files.resolve("an order.json"), "{\"order\":7}");
    }

    private String payload(String text) {
        return new String(arguments.read(text).payload());
    }

    @Test
    void anEventIsAFile() {
        assertThat(payload("'" + order + "'")).isEqualTo("{\"order\":7}");
        assertThat(payload(order.toString().replace(" ", "\\ "))).isEqualTo("{\"order\":7}");
        assertThat(payload(order.toString())).isEqualTo("{\"order\":7}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "[1, 2]", "\"tea\"", "-7.50", "true", "null"})
    void anEventIsJson(String json) {
        assertThat(payload(json)).isEqualTo(json);
    }

    @Test
    void anEventIsASample() {
        assertThat(payload("sample sqs")).contains("\"eventSource\"", "aws:sqs");
    }

    @Test
    void withoutAnEventTheLastOneIsReadAgain() throws IOException {
        assertThat(arguments.read("-n 100 '" + order + "'").invocations()).isEqualTo(100);
        Files.writeString(order, "{\"order\":8}");

        HandlerEvent again = arguments.read("");
        assertThat(new String(again.payload())).isEqualTo("{\"order\":8}");
        assertThat(again.invocations()).isEqualTo(1);
        assertThat(arguments.read("-n 3").invocations()).isEqualTo(3);
        assertThat(payload("{}")).isEqualTo("{}");
        assertThatThrownBy(() -> arguments.read("nowhere.json")).isInstanceOf(ShellException.class);
        assertThat(payload("")).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "## | An event is missing",
                "-n 5 | An event is missing",
                "nowhere.json | The event is not found: nowhere.json",
                "{order | The event must be JSON, but is '{order'",
                "sample sqz | did you mean 'sqs'?",
                "'open | A quote in the arguments of :invoke is not closed",
                "-n 0 {} | The number after -n must be from 1 to 999999, but is '0'",
                "-n {} | The number after -n must be from 1 to 999999, but is '{}'",
            })
    void otherArgumentsAreErrors(String text, String message) {
        assertThatThrownBy(() -> arguments.read(text))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(message);
    }

    @Test
    void inAScriptTheFullNameBeginsAnEvent() {
        assertThat(EventArguments.ofLine(" :invoke -n 5 {} \n")).contains("-n 5 {}");
        assertThat(EventArguments.ofLine(":invoke\n")).contains("");
        assertThat(EventArguments.ofLine(":invoker {}")).isEmpty();
        assertThat(EventArguments.ofLine("echo :invoke")).isEmpty();
    }
}
