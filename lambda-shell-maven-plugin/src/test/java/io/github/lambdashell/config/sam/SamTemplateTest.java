package io.github.lambdashell.config.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.sam.SamFunction.Event;
import io.github.lambdashell.config.sam.SamFunction.Unresolved;
import io.github.lambdashell.config.sam.SamTemplate.TemplateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamTemplateTest {
    private static final Path FILE = Path.of("/orders/template.yaml");

    private final Problems problems = new Problems();

    @Test
    void aFunctionIsCompletedByGlobals() throws Exception {
        SamFunction function = function("""
                AWSTemplateFormatVersion: 2010-09-09
                Transform: AWS::Serverless-2016-10-31
                Globals:
                  Function:
                    Runtime: java21
                    MemorySize: 512
                    Timeout: 20
                    CodeUri: target/all.jar
                    Layers:
                      - arn:aws:lambda:eu-central-1:123456789012:layer:agent:7
                    Environment:
                      Variables:
                        STAGE: dev
                        TABLE: none
                Resources:
                  OrderFunction:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: com.example.App::handleRequest
                      MemorySize: 1024
                      Architectures: [arm64]
                      EphemeralStorage: {Size: 2048}
                      Layers:
                        - arn:aws:lambda:eu-central-1:123456789012:layer:tools:2
                      SnapStart:
                        ApplyOn: PublishedVersions
                      Environment:
                        Variables:
                          TABLE: orders
                      Events:
                        Create:
                          Type: Api
                          Properties: {Path: /orders, Method: post}
                        Queue:
                          Type: SQS
                          Properties: {Queue: !GetAtt Queue.Arn}
                """);

        assertThat(function.name()).isEqualTo("OrderFunction");
        assertThat(function.settings())
                .isEqualTo(new FunctionSettings(
                        "java21",
                        "arm64",
                        1024,
                        Duration.ofSeconds(20),
                        2048,
                        Map.of("STAGE", "dev", "TABLE", "orders"),
                        List.of(
                                "arn:aws:lambda:eu-central-1:123456789012:layer:agent:7",
                                "arn:aws:lambda:eu-central-1:123456789012:layer:tools:2"),
                        null,
                        null,
                        null));
        assertThat(function.handler()).isEqualTo("com.example.App::handleRequest");
        assertThat(function.code()).isEqualTo(Path.of("/orders/target/all.jar"));
        assertThat(function.snapStart()).isTrue();
        assertThat(function.events()).containsExactly(new Event("Create", "Api"), new Event("Queue", "SQS"));
        assertThat(function.unresolved()).isEmpty();
    }

    @Test
    void globalsAreForFunctionsOfSamOnly() throws Exception {
        SamFunction function = function("""
                Globals: {Function: {Runtime: java21, CodeUri: a.jar}}
                Resources:
                  F:
                    Type: AWS::Lambda::Function
                    Properties: {Handler: a.B, Code: b.zip}
                """);

        assertThat(function.settings().runtime()).isNull();
        assertThat(function.code()).isEqualTo(Path.of("/orders/b.zip"));
    }

    @Test
    void withoutMemoryAndTimeoutAFunctionHasLambdasOwn() throws Exception {
        FunctionSettings settings =
                properties("Runtime: java21", "Timeout: !Ref AWS::NoValue").settings();

        assertThat(settings.memorySize()).isEqualTo(128);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.architecture()).isNull();
        assertThat(settings.layers()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Stage | dev",
                "{Ref: Stage} | dev",
                "!Sub 'orders-${Stage}-${!Stage}' | orders-dev-${Stage}",
                "{'Fn::Sub': 'orders-${Stage}'} | orders-dev",
                "!Sub ['${Prefix}-${Stage}', {Prefix: !Sub '${Stage}${Size}'}] | dev512-dev",
                "!Join ['-', [orders, !Ref Stage, !Ref AWS::Region]] | orders-dev-eu-central-1",
                "!Sub 'arn:${AWS::Partition}:sns' | arn:aws:sns",
                "!FindInMap [Tables, !Ref Stage, Name] | orders-of-dev",
                "{'Fn::FindInMap': [Tables, dev, Name]} | orders-of-dev",
                "*shared | shared by anchor",
                "!Sub '$${Stage}\\' | $dev\\",
                "true | true",
                "-1.5 | -1.5",
                "!!str 0755 | 0755",
                "'{{ a }}' | {{ a }}"
            })
    void aValueThatIsKnownIsResolved(String value, String expected) throws Exception {
        SamFunction function = variable(value);

        assertThat(function.settings().environmentVariables()).containsExactly(Map.entry("V", expected));
        assertThat(function.unresolved()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Table | a resource, known only when the template is deployed",
                "!GetAtt Table.Arn | an attribute of a resource, known only when the template is deployed",
                "!Sub 'x-${Table}' | Table: a resource, known only when the template is deployed",
                "!Sub '${Table.Arn}' | Table.Arn is an attribute of a resource, known only when the template is deployed",
                "!Ref Secret | a parameter without a default",
                "!Ref Image | a parameter of type AWS::SSM::Parameter::Value<String>",
                "!Ref Zones | a parameter of type CommaDelimitedList",
                "!Ref Typo | not found in the template",
                "!Ref AWS::AccountId | known only when the template is deployed",
                "!ImportValue shared-table | a value of another stack",
                "!If [IsProd, a, b] | depends on a condition",
                "!Select [0, [a, b]] | Fn::Select is not evaluated",
                "!Unheard of | Fn::Unheard is not evaluated",
                "'{{resolve:ssm:/orders/table}}' | a dynamic reference, known only when the template is deployed",
                "!Join ['', [a, !GetAtt Table.Arn]] | an attribute of a resource, known only when the template is deployed",
                "!Join [a] | Fn::Join must have a delimiter and a list",
                "!Sub {a: b} | Fn::Sub must have a text",
                "!Sub [] | Fn::Sub must have a text",
                "!Ref [a] | Ref must have a name",
                "!FindInMap [Tables, prod, Name] | not found in the template",
                "!FindInMap [Tables] | Fn::FindInMap must have a map and two keys",
                "0755 | CloudFormation changes such a number or boolean; write it in quotes",
                "1.10 | CloudFormation changes such a number or boolean; write it in quotes",
                "yes | CloudFormation changes such a number or boolean; write it in quotes"
            })
    void aValueThatIsNotKnownIsListed(String value, String reason) throws Exception {
        SamFunction function = variable(value);

        assertThat(function.settings().environmentVariables()).isEmpty();
        assertThat(function.unresolved()).singleElement().satisfies(unresolved -> {
            assertThat(unresolved.parameter()).isEqualTo("environmentVariables.V");
            assertThat(unresolved.line()).isEqualTo(20);
            assertThat(unresolved.reason()).isEqualTo(reason);
        });
    }

    @Test
    void theDefaultsThatWereUsedAreNamed() throws Exception {
        assertThat(variable("!Sub '${Stage}-${Size}'").defaults()).containsExactly("Size", "Stage");
        assertThat(variable("!Sub '${Stage}-${Table}'").defaults()).isEmpty();
    }

    @Test
    void theRegionIsKnownOnlyIfItIsConfigured() throws Exception {
        SamFunction function = SamTemplate.parse(FILE, template("V: !Ref AWS::Region"))
                .function(null, null, true, problems)
                .orElseThrow();

        assertThat(function.unresolved())
                .hasToString(
                        "[environmentVariables.V (line 20): !Ref AWS::Region: the region is not configured; specify"
                                + " region (lshell.region)]");
    }

    @Test
    void aLongValueIsListedInShort() throws Exception {
        assertThat(variable("!Select [0, [" + "a, ".repeat(1000) + "]]")
                        .unresolved()
                        .get(0)
                        .value())
                .hasSize(63)
                .startsWith("!Select [0, [a, a")
                .endsWith("...");
        assertThat(variable("x".repeat(100_000)).settings().environmentVariables())
                .containsEntry("V", "x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runtime: !Ref Table",
                "MemorySize: !If [IsProd, 1024, 512]",
                "Timeout: !ImportValue timeout",
                "Architectures: !If [IsProd, [arm64], [x86_64]]",
                "EphemeralStorage: {Size: !ImportValue size}",
                "Environment: !If [IsProd, {Variables: {A: b}}, {Variables: {A: c}}]",
                "Layers: !If [IsProd, [a], [b]]",
                "Layers: [!ImportValue layer]",
                "Handler: !Ref Table",
                "SnapStart: !If [IsProd, {ApplyOn: PublishedVersions}, !Ref AWS::NoValue]",
                "Events: {Create: {Type: !Ref Table}}",
                "CodeUri: !Sub '${Unknown}.jar'",
                "CodeUri: s3://bucket/code.jar",
                "CodeUri: {Bucket: a, Key: b}",
                "InlineCode: 'return 1'"
            })
    void noPropertyIsGuessed(String property) throws Exception {
        SamFunction function = properties(property);

        assertThat(function.unresolved()).hasSize(1);
        assertThat(function.settings().orElse(FunctionSettings.NONE))
                .extracting(
                        FunctionSettings::runtime,
                        FunctionSettings::architecture,
                        FunctionSettings::ephemeralStorage,
                        FunctionSettings::environmentVariables,
                        FunctionSettings::layers)
                .containsExactly(null, null, null, Map.of(), null);
        assertThat(function.settings().memorySize()).isEqualTo(property.startsWith("MemorySize") ? null : 128);
        assertThat(function.settings().timeout())
                .isEqualTo(property.startsWith("Timeout") ? null : Duration.ofSeconds(3));
        assertThat(function.handler()).isNull();
        assertThat(function.code()).isNull();
        assertThat(function.snapStart()).isFalse();
        assertThat(function.events()).isEmpty();
    }

    @Test
    void jsonIsReadLikeYaml() throws Exception {
        SamFunction function = function("""
                {
                \t"Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
                \t"Resources": {
                \t\t"F": {
                \t\t\t"Type": "AWS::Serverless::Function",
                \t\t\t"Properties": {
                \t\t\t\t"Runtime": "java17", "MemorySize": 256, "Handler": null,
                \t\t\t\t"Environment": {"Variables": {
                \t\t\t\t\t"URL": {"Fn::Sub": "https:\\/\\/${Stage}.example.com"},
                \t\t\t\t\t"T": {"Ref": "Table"}, "ON": true}}
                \t\t\t}
                \t\t}
                \t}
                }
                """);

        assertThat(function.settings().runtime()).isEqualTo("java17");
        assertThat(function.settings().memorySize()).isEqualTo(256);
        assertThat(function.handler()).isNull();
        assertThat(function.settings().environmentVariables())
                .isEqualTo(Map.of("URL", "https://dev.example.com", "ON", "true"));
        assertThat(function.unresolved()).extracting(Unresolved::line).containsExactly(10);
    }

    @Test
    void aliasesAndMergeKeysAreResolved() throws Exception {
        SamFunction function = function("""
                Shared: &shared
                  Runtime: java21
                  Environment: &environment
                    Variables: {A: one}
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      <<: *shared
                      Runtime: java17
                """);

        assertThat(function.settings().runtime()).isEqualTo("java17");
        assertThat(function.settings().environmentVariables()).isEqualTo(Map.of("A", "one"));
    }

    @Test
    void aLayerOfTheTemplateIsItsFolder() throws Exception {
        String template = """
                Resources:
                  Tools:
                    Type: AWS::Serverless::LayerVersion
                    Properties: {ContentUri: layers/tools}
                  Built:
                    Type: AWS::Serverless::LayerVersion
                    Properties: {ContentUri: layers/built}
                    Metadata: {BuildMethod: java21}
                  Remote:
                    Type: AWS::Serverless::LayerVersion
                    Properties: {ContentUri: s3://bucket/layer.zip}
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Layers: [!Ref Tools, !Ref Built, !Ref Remote]
                """;

        SamFunction local = function(template);
        assertThat(local.settings().layers()).containsExactly("arn:aws:lambda:us-east-1:000000000000:layer:Tools:1");
        assertThat(local.localLayers()).isEqualTo(Map.of("Tools", Path.of("/orders/layers/tools")));
        assertThat(local.unresolved())
                .hasToString("[layers (line 15): !Ref Built: sam build makes its content (BuildMethod java21),"
                        + " layers (line 11): s3://bucket/layer.zip: not on this machine]");

        SamFunction onAws = SamTemplate.parse(FILE, template)
                .function(null, "eu-central-1", false, problems)
                .orElseThrow();
        assertThat(onAws.settings().layers()).isNull();
        assertThat(onAws.localLayers()).isEmpty();
        assertThat(onAws.unresolved())
                .extracting(Unresolved::reason)
                .containsOnly("a layer of the template, which has no ARN before it is deployed");
    }

    @Test
    void oneOfSeveralFunctionsIsNamed() throws Exception {
        SamTemplate template = SamTemplate.parse(FILE, """
                Resources:
                  OrderFunction: {Type: AWS::Serverless::Function, Properties: {CodeUri: a.jar}}
                  BillFunction: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}}}
                  ImageFunction: {Type: AWS::Serverless::Function, Properties: {PackageType: Image}}
                  Table: {Type: AWS::DynamoDB::Table}
                """);
        template.function(null, null, true, problems);
        template.function("OrdersFunction", null, true, problems);
        template.function("Table", null, true, problems);
        template.function("ImageFunction", null, true, problems);

        assertThat(template.function("OrderFunction", null, true, problems)).isPresent();
        assertThat(template.code()).containsExactly(Path.of("/orders/a.jar"));
        assertThatThrownBy(problems::throwIfAny).hasMessage("""
                The configuration has 4 problems:
                  - /orders/template.yaml has 3 functions: BillFunction, ImageFunction, OrderFunction; specify one of them \
                with samFunction (lshell.samFunction)
                  - samFunction (lshell.samFunction): /orders/template.yaml has no function 'OrdersFunction'; did you mean \
                'OrderFunction'?
                  - samFunction (lshell.samFunction): /orders/template.yaml has no function 'Table'; it has BillFunction, \
                ImageFunction, OrderFunction
                  - /orders/template.yaml: the function ImageFunction is a container image, which has no runtime and no \
                layers to take over; remove samTemplate, and unpack the image for rootfs (lshell.local.rootfs) to run \
                commands in it locally
                Nothing was deployed; correct them and run the goal again.""");
    }

    @Test
    void wrongValuesAreReportedTogetherWithTheirLines() throws Exception {
        properties(
                "Runtime: [java21]",
                "MemorySize: lots",
                "Timeout: 99999999999",
                "Architectures: x86_64",
                "EphemeralStorage: 512",
                "Layers: arn",
                "Environment: {Variables: {A: {b: c}}}");

        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("/orders/template.yaml:5: Runtime must be a text or a number")
                .hasMessageContaining("/orders/template.yaml:6: MemorySize must be a whole number, but is 'lots'")
                .hasMessageContaining("/orders/template.yaml:7: Timeout must be a whole number, but is '99999999999'")
                .hasMessageContaining("/orders/template.yaml:8: Architectures must be a list")
                .hasMessageContaining("/orders/template.yaml:9: EphemeralStorage must be a map")
                .hasMessageContaining("/orders/template.yaml:10: Layers must be a list")
                .hasMessageContaining("/orders/template.yaml:11: A must be a text or a number");
    }

    @Test
    void twoArchitecturesAreRefused() throws Exception {
        function("""
                Globals: {Function: {Architectures: [x86_64]}}
                Resources:
                  F: {Type: AWS::Serverless::Function, Properties: {Architectures: [arm64]}}
                """);

        assertThatThrownBy(problems::throwIfAny)
                .hasMessageStartingWith(
                        "/orders/template.yaml:3: Architectures must have one item, but has 2; SAM joins the"
                                + " lists of Globals and of the function");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a: [` | /orders/template.yaml:1:5: while parsing a flow node, expected the node content, but found"
                        + " '<stream end>'",
                "`` | /orders/template.yaml must be a map with the key Resources",
                "`- a` | /orders/template.yaml must be a map with the key Resources",
                "`{\"a\": 1,}` | /orders/template.yaml:1: Unexpected character",
                "`{\"a\": 1} x` | /orders/template.yaml:1: Unrecognized token 'x'",
                "`a: 1\na: 2` | /orders/template.yaml:2: a may occur only once",
                "`[a]: 1` | /orders/template.yaml:1: a key must be a text",
                "`<<: a` | /orders/template.yaml:1: << must be a map or a list of maps",
                "`a: &a [*a]` | /orders/template.yaml:1: values are nested more than 50 levels deep"
            })
    void aTextThatIsNoTemplateIsRefused(String text, String message) {
        assertThatThrownBy(() -> SamTemplate.parse(FILE, text == null ? "" : text))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aliasesCantExpandToMillionsOfValues() {
        List<String> lines = new ArrayList<>(List.of("a0: &a0 [x, x, x, x, x, x, x, x, x, x]"));
        for (int i = 1; i < 30; i++) {
            lines.add("a%d: &a%d [%s]".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }

        assertThatThrownBy(() -> SamTemplate.parse(FILE, String.join("\n", lines)))
                .isInstanceOf(TemplateException.class)
                .hasMessageEndingWith("the template has more than 100000 values with its aliases");
    }

    @Test
    void aFileThatCantBeReadIsNamed(@TempDir Path directory) throws Exception {
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> SamTemplate.read(directory.resolve("none.yaml")))
                .hasMessage("file not found: '" + directory.resolve("none.yaml")
                        + "'; specify a SAM or CloudFormation template");
        assertThatThrownBy(() -> SamTemplate.read(binary)).hasMessage(binary + " is not UTF-8; save it as UTF-8");
        assertThatThrownBy(() -> SamTemplate.read(directory)).hasMessageStartingWith(directory + " can't be read: ");
    }

    @Test
    void aTemplateWithoutAFunctionIsRefused() throws Exception {
        SamTemplate.parse(FILE, "Resources: {T: {Type: AWS::DynamoDB::Table}, F: text}")
                .function(null, null, true, problems);

        assertThatThrownBy(problems::throwIfAny)
                .hasMessageStartingWith("/orders/template.yaml has no resource of type AWS::Serverless::Function or"
                        + " AWS::Lambda::Function; specify another template");
    }

    private SamFunction function(String text) throws TemplateException {
        return SamTemplate.parse(FILE, text)
                .function(null, "eu-central-1", true, problems)
                .orElseThrow();
    }

    private SamFunction properties(String... properties) throws TemplateException {
        return function("""
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                """ + String.join("\n", properties).indent(6));
    }

    private SamFunction variable(String value) throws TemplateException {
        return function(template("V: " + value));
    }

    private static String template(String variable) {
        return """
                Shared: &shared shared by anchor
                Parameters:
                  Stage: {Type: String, Default: dev}
                  Size: {Type: Number, Default: 512}
                  Secret: {Type: String, NoEcho: true}
                  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /images/java}
                  Zones: {Type: CommaDelimitedList, Default: 'a,b'}
                Mappings:
                  Tables:
                    dev: {Name: orders-of-dev}
                Conditions:
                  IsProd: !Equals [!Ref Stage, prod]
                Resources:
                  Table: {Type: AWS::DynamoDB::Table}
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment:
                        Variables:
                """ + "          " + variable + "\n";
    }
}
