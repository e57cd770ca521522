package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.emulator.function.CodeStore;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.emulator.s3.ObjectStore;
import io.github.lambdashell.emulator.s3.ObjectVersion;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code AWS::Lambda::Function}. */
final class FunctionType implements ResourceType {
    private static final String LAMBDA = "Lambda";

    private final Place place;
    private final StateDirectory state;
    private final FunctionStore functions;
    private final CodeStore codes;
    private final ObjectStore objects;

    FunctionType(Place place, StateDirectory state, FunctionStore functions, ObjectStore objects) {
        this.place = place;
        this.state = state;
        this.functions = functions;
        this.codes = new CodeStore(state, functions);
        this.objects = objects;
    }

    @Override
    public String name() {
        return "AWS::Lambda::Function";
    }

    @Override
    public Set<String> attributes() {
        return Set.of("Arn");
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("FunctionName", "PackageType");
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(FunctionProperties.SHAPE, request);
        FunctionProperties.checkVariables(FunctionProperties.variables(request));
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        String name = request.text("FunctionName");
        return name == null ? PhysicalNames.choose(request, 64) : name;
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        if (functions.get(physicalId).isPresent()) {
            throw ResourceFailure.of(LAMBDA, 409, "Function already exist: " + physicalId, "AlreadyExists");
        }
        return update(physicalId, request);
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        String arn = place.arn("lambda", "function:" + physicalId);
        // Repeated if another stack with the same code has just deleted it.
        boolean installed = false;
        while (!installed) {
            CodeStore.Code code = code(request);
            installed = codes.install(code, directory -> define(physicalId, arn, request, code, directory));
        }
        return Map.of("Arn", arn);
    }

    private FunctionDefinition define(
            String name, String arn, ResourceRequest request, CodeStore.Code code, Path directory) {
        Object logGroup = request.object("LoggingConfig").getOrDefault("LogGroup", "/aws/lambda/" + name);
        Object storage = request.object("EphemeralStorage").getOrDefault("Size", "512");
        return new FunctionDefinition(
                name,
                arn,
                new FunctionSettings(
                        request.text("Runtime"),
                        request.texts("Architectures").stream().findFirst().orElse("x86_64"),
                        request.number("MemorySize", 128),
                        Duration.ofSeconds(request.number("Timeout", 3)),
                        Integer.parseInt(storage.toString()),
                        FunctionProperties.variables(request),
                        request.texts("Layers"),
                        List.of(),
                        List.of(),
                        null),
                request.text("Handler"),
                request.text("Role"),
                directory,
                code.sha256(),
                code.size(),
                Optional.ofNullable(request.text("Description")).orElse(""),
                logGroup.toString(),
                Instant.now(),
                UUID.randomUUID().toString(),
                request.tags());
    }

    private CodeStore.Code code(ResourceRequest request) throws ResourceFailure, IOException {
        Map<String, Object> code = request.object("Code");
        String inline = (String) code.get("ZipFile");
        if (inline != null) {
            return codes.inline(FunctionProperties.inlineFile(request), inline);
        }
        String bucket = (String) code.get("S3Bucket");
        String key = (String) code.get("S3Key");
        String version = (String) code.get("S3ObjectVersion");
        if (bucket == null || key == null) {
            throw ResourceFailure.of(LAMBDA, 400, "Please provide a source for function code.", "InvalidRequest");
        }
        ObjectVersion object = (version == null ? objects.current(bucket, key) : objects.version(bucket, key, version))
                .orElseThrow(() -> ResourceFailure.of(
                        LAMBDA,
                        400,
                        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key "
                                + "does not exist.",
                        "InvalidRequest"));
        try {
            return codes.unpack(objects.content(bucket, object));
        } catch (InvalidPackageException e) {
            throw ResourceFailure.of(LAMBDA, 400, e.getMessage(), "InvalidRequest");
        }
    }

    @Override
    public void delete(String physicalId, String stackId) throws IOException {
        Optional<FunctionDefinition> function = functions
                .get(physicalId)
                .filter(found -> stackId.equals(found.tags().get(ResourceRequest.STACK_ID_TAG)));
        if (function.isPresent()) {
            codes.delete(physicalId);
            // The log directory has the function's name, independent of the log group.
            FileTree.delete(state.root().resolve("logs").resolve(physicalId));
        }
    }
}
