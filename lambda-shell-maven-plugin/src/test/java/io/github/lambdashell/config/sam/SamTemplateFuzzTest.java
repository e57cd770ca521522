package io.github.lambdashell.config.sam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text ends in a function or in a problem, whatever it contains. */
class SamTemplateFuzzTest {
    private static final String TEMPLATE = """
            Globals: &g
              Function: {Runtime: java21, MemorySize: 512, Architectures: [x86_64]}
            Parameters:
              Stage: {Type: String, Default: dev}
            Resources:
              Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer}}
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: !Sub 'target/${Stage}.jar'
                  Timeout: !FindInMap [A, !Ref Stage, B]
                  Layers: [!Ref Layer, !Join [":", [arn, *g]]]
                  Environment: {Variables: {A: !Sub ["${A}", {A: {"Fn::Sub": "$"}}], B: 0755}}
                  SnapStart: {ApplyOn: None}
                  Events: {E: {Type: Api}}
            """;

    @Property(tries = 1000)
    void aDamagedTemplateIsReadOrRefused(@ForAll("edits") Edit one, @ForAll("edits") Edit other) {
        assertEnds(other.in(one.in(TEMPLATE)));
    }

    @Property(tries = 1000)
    void aValueOfAnyKindIsReadOrRefused(@ForAll("values") String one, @ForAll("values") String other) {
        assertEnds("{Globals: {Function: " + one + "}, Parameters: " + other
                + ", Resources: {F: {Type: AWS::Serverless::Function, Properties: " + other + "}, Layer: " + one
                + "}}");
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) {
        assertEnds(text);
    }

    private static void assertEnds(String text) {
        Problems problems = new Problems();
        try {
            Optional<SamFunction> function =
                    SamTemplate.parse(Path.of("template.yaml"), text).function(null, null, true, problems);
            assertThat(function.isPresent() || !problems.isEmpty()).isTrue();
        } catch (TemplateException e) {
            assertThat(e).hasMessageStartingWith("template.yaml");
        }
    }

    /** A part of a text and what replaces it. */
    record Edit(int from, int length, String replacement) {
        String in(String text) {
            int start = Math.min(from, text.length());
            return text.substring(0, start) + replacement + text.substring(Math.min(start + length, text.length()));
        }
    }

    @Provide
    Arbitrary<Edit> edits() {
        Arbitrary<String> pieces = Arbitraries.of(
                "",
                "*g",
                "&g ",
                "!Ref ",
                "!If ",
                "<<: ",
                "{",
                "}",
                "[",
                "]",
                ": ",
                "- ",
                "~",
                "'",
                "\"",
                "\n",
                "\t",
                "? ",
                "--- ",
                "!!set ",
                "0x1F",
                "\u0000",
                "\uD83D",
                "${",
                "AWS::NoValue",
                "Fn::Sub: ",
                "1e9");
        return Combinators.combine(
                        Arbitraries.integers().between(0, TEMPLATE.length()),
                        Arbitraries.integers().between(0, 12),
                        pieces)
                .as(Edit::new);
    }

    @Provide
    Arbitrary<String> values() {
        return values(4);
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> names = Arbitraries.of(
                ("CodeUri Code Runtime Timeout MemorySize Architectures Layers Environment Variables SnapStart ApplyOn"
                                + " Events Type Default Ref 'Fn::Sub' 'Fn::Join' 'Fn::If' PackageType Size Handler"
                                + " EphemeralStorage Metadata")
                        .split(" "));
        Arbitrary<String> leaves = Arbitraries.of(
                "a",
                "512",
                "~",
                "''",
                "!Ref Layer",
                "!Ref AWS::NoValue",
                "!Sub '${CodeUri}'",
                "'${'",
                "Image",
                "0755",
                "AWS::Serverless::LayerVersion",
                "\"\\0\"");
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<String> inner = values(depth - 1);
        Arbitrary<String> lists = inner.list().ofMaxSize(3).map(list -> "[" + String.join(", ", list) + "]");
        Arbitrary<String> maps = Arbitraries.maps(names, inner).ofMaxSize(4).map(map -> map.entrySet().stream()
                .map(member -> member.getKey() + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}")));
        return Arbitraries.oneOf(leaves, lists, maps, maps, lists.map(list -> "!Join " + list));
    }
}
