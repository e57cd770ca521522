package io.github.lambdashell.emulator.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Template.Types TYPES = type -> type.equals("T") ? Set.of("Arn", "Nested.Name") : null;
    private static final Map<String, Object> PSEUDO =
            Map.of("AWS::Region", "eu-central-1", "AWS::StackName", "demo", "AWS::NotificationARNs", List.of());

    private static ResolvedTemplate resolve(String text, Map<String, String> parameters) {
        Template template = Template.parse(text, TYPES);
        return new ResolvedTemplate(template, ParameterValues.of(template, parameters, PSEUDO));
    }

    /** Returns a property of the resource R; another resource has the physical id {@code other-id}. */
    private static Object evaluate(String value, Map<String, String> parameters) {
        ResolvedTemplate resolved = resolve("""
                Parameters:
                  P: {Type: String, Default: p}
                  L: {Type: CommaDelimitedList, Default: "a, b,c"}
                Mappings:
                  M: {eu-central-1: {Short: fra, Zones: [a, b]}}
                Conditions:
                  IsP: !Equals [!Ref P, p]
                  IsNotP: !Not [!Condition IsP]
                  Both: !And [!Condition IsP, !Equals [!Join ["", !Ref L], abc]]
                  Any: !Or [!Condition IsNotP, !Condition Both]
                Resources:
                  Other: {Type: T}
                  R:
                    Type: T
                    Properties:
                      V: %s
                """.formatted(value), parameters);
        Map<String, Object> properties = resolved.evaluator(new Evaluator.Names() {
                    @Override
                    public Object ref(String name) {
                        return name.equals("Other") ? "other-id" : null;
                    }

                    @Override
                    public Object attribute(String logicalId, String attribute) {
                        return logicalId + "/" + attribute;
                    }
                })
                .properties(resolved.template().resources().get("R").properties());
        return properties.get("V");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain text                                                  | plain text
            12                                                          | 12
            2012-10-17                                                  | 2012-10-17
            yes                                                         | yes
            true                                                        | true
            0o17                                                        | 0o17
            !Ref P                                                      | p
            !Ref Other                                                  | other-id
            !Ref AWS::Region                                            | eu-central-1
            !GetAtt Other.Arn                                           | Other/Arn
            !GetAtt Other.Nested.Name                                   | Other/Nested.Name
            !GetAtt [Other, Arn]                                        | Other/Arn
            {"Fn::GetAtt": [Other, Arn]}                                | Other/Arn
            !Sub "${P}-${Other}-${Other.Arn}-${AWS::StackName}-${!P}"   | p-other-id-Other/Arn-demo-${P}
            !Sub ["${X}$${P}$1", {X: !Ref Other}]                       | other-id$p$1
            !Join ["-", [a, !Ref P, b]]                                 | a-p-b
            !Join [":", !Ref L]                                         | a:b:c
            !Select [1, !Ref L]                                         | b
            !Select [2, !Split [",", "x,y,z"]]                          | z
            !FindInMap [M, !Ref AWS::Region, Short]                     | fra
            !Base64 hello                                               | aGVsbG8=
            !If [IsP, then, else]                                       | then
            !If [IsNotP, then, else]                                    | else
            !If [Any, !Ref P, !GetAtt Other.Arn]                        | p
            """)
    void aValueIsEvaluated(String value, String expected) {
        assertThat(evaluate(value, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            !Join [a]                     | Template error: every Fn::Join object requires 2 parameters.
            !Join [",", a]                | Template error: every Fn::Join object requires two parameters, (1) a string
            !Join [",", [[a]]]            | Template error: every Fn::Join object requires two parameters, (1) a string
            !Split ["", a]                | Template error: every Fn::Split object requires a delimiter that is not empty.
            !Select [3, !Ref L]           | Template error: Fn::Select cannot select nonexistent value at index 3
            !Select [-1, !Ref L]          | Template error: Fn::Select cannot select nonexistent value at index -1
            !Select [0, a]                | Template error: Fn::Select requires a list argument
            !FindInMap [M, x, Short]      | Template error: Unable to get mapping for M::x::Short
            !Sub "${L}"                   | Template error: Fn::Sub expression does not resolve to a string: ${L}
            !Base64 [a]                   | Template error: every Fn::Base64 object needs a string
            """)
    void aFunctionThatCannotBeEvaluatedIsNamed(String value, String message) {
        assertThatThrownBy(() -> evaluate(value, Map.of()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatHasNoValueIsNotThere() {
        assertThat(evaluate("!If [IsNotP, x, !Ref \"AWS::NoValue\"]", Map.of())).isNull();
        assertThat(evaluate("[a, !Ref \"AWS::NoValue\", b]", Map.of())).isEqualTo(List.of("a", "b"));
        assertThat(evaluate("{A: 1, B: !Ref \"AWS::NoValue\"}", Map.of())).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void conditionsFollowTheParameters() {
        assertThat(evaluate("!If [Any, yes, no]", Map.of("P", "q", "L", "x"))).isEqualTo("yes");
        assertThat(evaluate("!If [Any, yes, no]", Map.of("L", "x"))).isEqualTo("no");
        assertThat(evaluate("!If [Both, yes, no]", Map.of("L", ""))).isEqualTo("no");
    }

    @Test
    void theConditionOfAPolicyIsNoConditionOfTheTemplate() {
        assertThat(evaluate("{Effect: Deny, Condition: {Bool: {x: \"false\"}}}", Map.of()))
                .isEqualTo(Map.of("Effect", "Deny", "Condition", Map.of("Bool", Map.of("x", "false"))));
    }

    @Test
    void jsonAndYamlAreTheSame() {
        String json = """
                {"Resources": {"R": {"Type": "T", "Properties": {"A": {"Fn::Sub": "${AWS::Region}"}, "B": 1, "C": true}}}}
                """;
        String yaml = "Resources:\n  R:\n    Type: T\n    Properties: {A: !Sub '${AWS::Region}', B: 1, C: true}\n";
        assertThat(Template.parse(json, TYPES)).isEqualTo(Template.parse(yaml, TYPES));
        assertThat(Template.parse(json.replace("  ", "\t"), TYPES)).isEqualTo(Template.parse(yaml, TYPES));
    }

    @Test
    void resourcesComeAfterWhatTheyNeed() {
        ResolvedTemplate resolved = resolve("""
                Resources:
                  A: {Type: T, Properties: {X: !GetAtt D.Arn}, DependsOn: [B]}
                  B: {Type: T, Properties: {X: !Sub "${C}"}}
                  C: {Type: T}
                  D: {Type: T, DependsOn: C}
                """, Map.of());
        assertThat(resolved.resources())
                .extracting(ResourceDeclaration::logicalId)
                .containsExactly("C", "D", "B", "A");
        assertThat(resolved.dependencies("A")).containsExactlyInAnyOrder("D", "B");
    }

    @Test
    void metadataRefersAsPropertiesDo() {
        String template = """
                Parameters: {P: {Type: String}}
                Conditions: {Has: !Equals [!Ref P, "1"]}
                Resources:
                  A: {Type: T, Metadata: {After: [!If [Has, !Ref B, none]]}}
                  B: {Type: T, Condition: Has}
                """;
        assertThat(resolve(template, Map.of("P", "1")).dependencies("A")).containsExactly("B");
        assertThat(resolve(template, Map.of("P", "0")).dependencies("A")).isEmpty();
        assertRefused(
                "Resources: {R: {Type: T, Metadata: {X: !Ref Y}}}",
                "Unresolved resource dependencies [Y] in the Resources block of the template");
    }

    @Test
    void aBranchThatIsNotTakenNeedsNothing() {
        ResolvedTemplate resolved = resolve("""
                Parameters: {P: {Type: String}}
                Conditions: {Has: !Equals [!Ref P, "1"]}
                Resources:
                  A: {Type: T, Condition: Has}
                  B: {Type: T, Properties: {X: !If [Has, !Ref A, none]}}
                Outputs:
                  O: {Condition: Has, Value: !Ref A}
                """, Map.of("P", "0"));
        assertThat(resolved.resources())
                .extracting(ResourceDeclaration::logicalId)
                .containsExactly("B");
        assertThat(resolved.outputs()).isEmpty();
    }

    private static void assertRefused(String template, String message) {
        assertThatThrownBy(() -> resolve(template, Map.of()))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("ValidationError"))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {X: !Ref Nothing}                | Template format error: Unresolved resource dependencies [Nothing] in the Resources block
            {X: !Sub "${Nothing}"}           | Template format error: Unresolved resource dependencies [Nothing] in the Resources block
            {X: !GetAtt Nothing.Arn}         | Template error: instance of Fn::GetAtt references undefined resource Nothing
            {X: !Sub "${Nothing.Arn}"}       | Template error: instance of Fn::GetAtt references undefined resource Nothing
            {X: !GetAtt S.Nothing}           | Template error: resource S does not support attribute type Nothing in Fn::GetAtt
            {X: !If [Nothing, a, b]}         | Template format error: Unresolved condition dependency Nothing in the Resources block
            {X: !ImportValue a}              | Template error: Encountered unsupported function: Fn::ImportValue Supported functions are: [Fn::Base64
            {X: {"Fn::Nothing": a}}          | Template error: Encountered unsupported function: Fn::Nothing
            {X: !Nothing a}                  | Template format error: Unrecognized tag !Nothing at [/Resources/R/Properties/X]
            {X: !Ref R}                      | Circular dependency between resources: [R]
            {X: !Ref S}                      | Circular dependency between resources: [R, S]
            {X: }                            | [/Resources/R/Properties/X] 'null' values are not allowed in templates
            {X: {"Ref": S, "Fn::Sub": ""}}   | Template error: a function must stand alone in its object: Fn::Sub
            {X: &a [1], Y: *a}               | Template format error: YAML not well-formed.
            {X: [}                           | Template format error: YAML not well-formed. (line 1,
            {X: 1, X: 2}                     | Template format error: [/Resources/R/Properties] has the key X twice (line 1)
            """)
    void aMistakeInAPropertyIsNamed(String properties, String message) {
        String template =
                "Resources: {R: {Type: T, Properties: " + properties + "}, S: {Type: T, Properties: {X: !Ref R}}}";
        assertRefused(template, message);
    }

    @Test
    void aMistakeInTheStructureIsNamed() {
        assertRefused("a text", "Template format error: unsupported structure.");
        assertRefused("", "Template format error: unsupported structure.");
        assertRefused("{}", "At least one Resources member must be defined.");
        assertRefused("{\"Resources\": ", "Template format error: JSON not well-formed. (line 1, column");
        assertRefused("Resource: {}", "Invalid template property or properties [Resource]");
        assertRefused("Transform: X\nResources: {}", "Invalid template property or properties [Transform]");
        assertRefused("Resources: {R: {}}", "Every Resources object must contain a Type member.");
        assertRefused("Resources: {R-1: {Type: T}}", "Resource name R-1 is non alphanumeric.");
        assertRefused("Resources: {R: {Type: U}, S: {Type: V}}", "Unrecognized resource types: [U, V]");
        assertRefused("Resources: {R: {Type: T, Propertes: {}}}", "Invalid template resource property 'Propertes'");
        assertRefused("Resources: {R: {Type: T, DeletionPolicy: Keep}}", "Unrecognized DeletionPolicy Keep");
        assertRefused("Resources: {R: {Type: T, DependsOn: X}}", "Unresolved resource dependencies [X]");
        assertRefused("Resources: {R: {Type: T, Condition: X}}", "Unresolved condition dependency X");
        assertRefused(
                "Resources: {R: {Type: T}}\nOutputs: {O: {Value: 1, Export: {Name: x}}}",
                "Output O has an Export, but exports are not supported locally");
        assertRefused(
                "Resources: {R: {Type: T}}\nOutputs: {O: {Value: 1, Exports: {Name: x}}}",
                "Invalid template output property 'Exports'");
        assertRefused(
                "Resources: {R: {Type: T}}\nOutputs: {O: {Value: !Ref X}}",
                "Unresolved resource dependencies [X] in the Outputs block");
        assertRefused(
                "Conditions: {A: !Condition B, B: !Not [!Condition A]}\nResources: {R: {Type: T}}",
                "Circular dependency between conditions: [A, B]");
        assertRefused(
                "Conditions: {A: !Equals [!Ref R, x]}\nResources: {R: {Type: T}}",
                "Unresolved dependencies [R]. Cannot reference resources in the Conditions block");
        assertRefused("Conditions: {A: !Ref R}\nResources: {R: {Type: T}}", "Every Conditions member must be one of");
        assertRefused("AWSTemplateFormatVersion: 2011-01-01\nResources: {R: {Type: T}}", "not supported: 2011-01-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {Type: String, AllowedValues: [a, b]}                           | c     | Parameter 'P' must be one of AllowedValues
            {Type: String, AllowedPattern: "[a-z]+"}                        | C     | Parameter 'P' must match pattern [a-z]+
            {Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: small} | C | Parameter 'P' failed to satisfy constraint: small
            {Type: String, MinLength: 2}                                    | c     | Parameter 'P' must contain at least 2 characters
            {Type: String, MaxLength: 2}                                    | ccc   | Parameter 'P' must contain at most 2 characters
            {Type: Number}                                                  | c     | Parameter 'P' must be a number.
            {Type: Number, MinValue: 2}                                     | 1     | Parameter 'P' must be a number not less than 2
            {Type: Number, MaxValue: 2}                                     | 2.5   | Parameter 'P' must be a number not greater than 2
            {Type: List<Number>}                                            | 1,x   | Parameter 'P' must be a number.
            {Type: CommaDelimitedList, AllowedValues: [a, b]}               | a,c   | Parameter 'P' must be one of AllowedValues
            {Type: Text}                                                    | a     | Unrecognized parameter type: Text
            {Default: a}                                                    | a     | Every Parameters object must contain a Type member.
            {Type: String, Pattern: a}                                      | a     | Invalid template parameter property 'Pattern'
            """)
    void aParameterThatBreaksItsDeclarationIsNamed(String declaration, String value, String message) {
        assertThatThrownBy(() ->
                        resolve("Parameters: {P: " + declaration + "}\nResources: {R: {Type: T}}", Map.of("P", value)))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parametersThatAreMissingOrTooManyAreNamed() {
        String template = "Parameters: {P: {Type: String}, Q: {Type: Number}}\nResources: {R: {Type: T}}";
        assertThatThrownBy(() -> resolve(template, Map.of())).hasMessage("Parameters: [P, Q] must have values");
        assertThatThrownBy(() -> resolve(template, Map.of("P", "", "Q", "1", "X", "", "Y", "")))
                .hasMessage("Parameters: [X, Y] do not exist in the template");
        assertThat(resolve(template, Map.of("P", "", "Q", "1")).parameters().given())
                .isEqualTo(Map.of("P", "", "Q", "1"));
    }
}
