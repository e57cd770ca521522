package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The JSON form of functions in the responses of GetFunction, GetFunctionConfiguration and ListFunctions. */
final class FunctionJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private FunctionJson() {}

    static ObjectNode function(FunctionDefinition function, Optional<String> qualifier) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("Configuration", configuration(function, qualifier));
        answer.putObject("Code")
                .put("RepositoryType", "S3")
                .put("Location", function.codeDirectory().toUri().toString());
        ObjectNode tags = answer.putObject("Tags");
        function.tags().forEach(tags::put);
        return answer;
    }

    static ObjectNode list(List<FunctionDefinition> functions) {
        ObjectNode answer = JSON.createObjectNode();
        var items = answer.putArray("Functions");
        functions.forEach(function -> items.add(configuration(function, Optional.empty())
                .without(List.of("State", "LastUpdateStatus", "RuntimeVersionConfig"))));
        return answer;
    }

    /** @param qualifier the qualifier of the request, which is part of the ARN in the response */
    static ObjectNode configuration(FunctionDefinition function, Optional<String> qualifier) {
        ObjectNode json = JSON.createObjectNode()
                .put("FunctionName", function.name())
                .put(
                        "FunctionArn",
                        function.arn() + qualifier.map(text -> ":" + text).orElse(""))
                .put("Runtime", function.settings().runtime())
                .put("Role", function.roleArn())
                .put("Handler", function.handler())
                .put("CodeSize", function.codeSize())
                .put("Description", function.description())
                .put("Timeout", function.settings().timeout().toSeconds())
                .put("MemorySize", function.settings().memorySize())
                .put("LastModified", TIME.format(function.lastModified()))
                .put("CodeSha256", function.codeSha256())
                .put("Version", "$LATEST")
                .put("RevisionId", function.revisionId())
                .put("State", "Active")
                .put("LastUpdateStatus", "Successful")
                .put("PackageType", "Zip");
        json.putArray("Architectures").add(function.settings().architecture());
        json.putObject("EphemeralStorage").put("Size", function.settings().ephemeralStorage());
        json.putObject("RuntimeVersionConfig").put("RuntimeVersionArn", function.runtimeVersionArn());
        json.putObject("TracingConfig").put("Mode", "PassThrough");
        json.putObject("SnapStart").put("ApplyOn", "None").put("OptimizationStatus", "Off");
        json.putObject("LoggingConfig").put("LogFormat", "Text").put("LogGroup", function.logGroup());
        if (!function.settings().environmentVariables().isEmpty()) {
            ObjectNode variables = json.putObject("Environment").putObject("Variables");
            function.settings().environmentVariables().forEach(variables::put);
        }
        if (!function.settings().layers().isEmpty()) {
            var layers = json.putArray("Layers");
            function.settings().layers().forEach(layer -> layers.addObject().put("Arn", layer));
        }
        return json;
    }
}
