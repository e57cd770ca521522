package io.github.lambdashell.config.sam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

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

    private static final String[] PIECES =
            "|*g|&g |!Ref |!If |<<: |{|}|[|]|: |- |~|'|\"|\n|\t|? |--- |!!set |0x1F|\0|\uD83D|${|AWS::NoValue|Fn::Sub: |1e9"
                    .split("\\|");

    private static final String[] KEYS =
            ("CodeUri|Code|Runtime|Timeout|MemorySize|Architectures|Layers|Environment|Variables"
                            + "|SnapStart|ApplyOn|Events|Type|Default|Ref|'Fn::Sub'|'Fn::Join'|'Fn::If'|PackageType|Size"
                            + "|EphemeralStorage|Handler|Metadata|ContentUri|Properties")
                    .split("\\|");

    private static final String[] LEAVES = ("a|512|~|''|!Ref Layer|!Ref AWS::NoValue|!Sub '${CodeUri}'|'${'|Image|0755"
                    + "|AWS::Serverless::LayerVersion|\"\\0\"")
            .split("\\|");

    @Property(tries = 500)
    void aDamagedTemplateIsReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(TEMPLATE);
        int start = random.nextInt(text.length());
        text.replace(start, Math.min(text.length(), start + random.nextInt(6)), one(PIECES, random));
        assertEnds(text.toString());
    }

    @Property(tries = 500)
    void aValueOfAnyKindIsReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        assertEnds("""
                Globals: {Function: %s}
                Parameters: {CodeUri: %s}
                Resources:
                  F: {Type: AWS::Serverless::Function, Properties: %s}
                  Layer: {Type: AWS::Serverless::LayerVersion, Properties: %s, Metadata: %s}
                """.formatted(
                        value(random, 4), value(random, 2), value(random, 4), value(random, 2), value(random, 1)));
    }

    @Property(tries = 200)
    void anyTextIsReadOrRefused(@ForAll String text) {
        assertEnds(text);
    }

    private static String value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(6)) {
            case 0 -> one(LEAVES, random);
            case 1 -> items(random, depth);
            case 2 -> "!Join " + items(random, depth);
            default ->
                random.ints(random.nextInt(5), 0, KEYS.length)
                        .distinct()
                        .mapToObj(key -> KEYS[key] + ": " + value(random, depth - 1))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String items(Random random, int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> value(random, depth - 1))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String one(String[] texts, Random random) {
        return texts[random.nextInt(texts.length)];
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
}
