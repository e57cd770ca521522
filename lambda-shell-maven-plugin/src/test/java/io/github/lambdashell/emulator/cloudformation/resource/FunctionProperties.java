package io.github.lambdashell.emulator.cloudformation.resource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lambda's validation of a function's properties. */
final class FunctionProperties {
    private static final int LARGEST_ENVIRONMENT_BYTES = 4096;

    /**
     * Variables that are reserved by Lambda.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Environment variables</a>
     */
    private static final Set<String> RESERVED_VARIABLES = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    static final Shape SHAPE = new Shape.Members()
            .optional("Architectures", Shape.list(Shape.oneOf("x86_64", "arm64"), 1))
            .required(
                    "Code",
                    new Shape.Members()
                            .optional("S3Bucket", Shape.text("[0-9A-Za-z.\\-_]{3,63}"))
                            .optional("S3Key", Shape.text("(?s).{1,1024}"))
                            .optional("S3ObjectVersion", Shape.text())
                            .optional("ZipFile", Shape.text()))
            .optional("Description", Shape.text("(?s).{0,256}"))
            .optional(
                    "Environment",
                    new Shape.Members().optional("Variables", Shape.map("[a-zA-Z][a-zA-Z0-9_]+", Shape.text())))
            .optional("EphemeralStorage", new Shape.Members().required("Size", Shape.integer(512, 10240)))
            .optional(
                    "FileSystemConfigs",
                    Shape.list(
                            new Shape.Members()
                                    .required("Arn", Shape.text("arn:[a-z-]+:elasticfilesystem:.+"))
                                    .required("LocalMountPath", Shape.text("/mnt/[a-zA-Z0-9._-]+")),
                            1))
            .optional("FunctionName", Shape.text("[A-Za-z0-9_-]{1,64}"))
            .required("Handler", Shape.text("\\S{1,128}"))
            .optional("KmsKeyArn", Shape.text("arn:.+"))
            .optional("Layers", Shape.list(Shape.text("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:[\\w-]+:\\d+"), 5))
            .optional(
                    "LoggingConfig",
                    new Shape.Members()
                            .optional("LogFormat", Shape.oneOf("Text"))
                            .optional("LogGroup", Shape.text("(?!aws/)[.\\-_/#A-Za-z0-9]{1,512}")))
            .optional("MemorySize", Shape.integer(128, 10240))
            .optional("PackageType", Shape.oneOf("Zip"))
            .required("Role", Shape.text("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+"))
            .required("Runtime", Shape.text("(java|nodejs|python|provided|dotnet|dotnetcore|ruby|go)[0-9a-z.]*"))
            .optional("SnapStart", new Shape.Members().required("ApplyOn", Shape.oneOf("PublishedVersions", "None")))
            .optional("Tags", Shape.tags())
            .optional("Timeout", Shape.integer(1, 900))
            .optional(
                    "VpcConfig",
                    new Shape.Members()
                            .optional("SubnetIds", Shape.list(Shape.text("subnet-[0-9a-z]*"), 16))
                            .optional("SecurityGroupIds", Shape.list(Shape.text("sg-[0-9a-zA-Z]*"), 5))
                            .optional("Ipv6AllowedForDualStack", Shape.flag()));

    private FunctionProperties() {}

    /** Returns the variables by name. */
    static Map<String, String> variables(ResourceRequest request) {
        Map<String, String> variables = new TreeMap<>();
        Map<?, ?> given = (Map<?, ?>) request.object("Environment").getOrDefault("Variables", Map.of());
        given.forEach((name, value) -> variables.put((String) name, (String) value));
        return variables;
    }

    /**
     * Validates the variables.
     *
     * @throws ResourceFailure if they are too large together, or some are reserved
     */
    static void checkVariables(Map<String, String> variables) throws ResourceFailure {
        Set<String> reserved = new TreeSet<>(variables.keySet());
        reserved.retainAll(RESERVED_VARIABLES);
        String problem = "Lambda was unable to configure your environment variables because the environment variables "
                + "you have provided ";
        if (!reserved.isEmpty()) {
            throw ResourceFailure.of(
                    "Lambda",
                    400,
                    problem + "contains reserved keys that are currently not supported for modification. Reserved keys "
                            + "used in this request: " + String.join(", ", reserved),
                    "InvalidRequest");
        }
        // The size of the JSON object: each variable adds four quotes, a colon, and a comma or a brace.
        int size = 1;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            size += variable.getKey().length() + variable.getValue().getBytes(StandardCharsets.UTF_8).length + 6;
        }
        if (size > LARGEST_ENVIRONMENT_BYTES) {
            throw ResourceFailure.of(
                    "Lambda", 400, problem + "exceeded the 4KB limit. Bytes measured: " + size, "InvalidRequest");
        }
    }

    /**
     * Returns the name of the file for inline code.
     *
     * @throws ResourceFailure if the runtime does not support inline code
     */
    static String inlineFile(ResourceRequest request) throws ResourceFailure {
        String runtime = request.text("Runtime");
        if (runtime.startsWith("nodejs")) {
            return "index.js";
        }
        if (runtime.startsWith("python")) {
            return "index.py";
        }
        throw new ResourceFailure(
                "ZipFile can only be used when Runtime is one of nodejs and python; it is " + runtime);
    }
}
