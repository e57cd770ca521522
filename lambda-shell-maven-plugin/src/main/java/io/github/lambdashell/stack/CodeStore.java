package io.github.lambdashell.stack;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;

/** Where a stack's code lies: in its own bucket, or in the user's under the stack's name, so that none shares it. */
final class CodeStore {
    private final AwsClients clients;
    private final StackProgress progress;

    CodeStore(AwsClients clients, StackProgress progress) {
        this.clients = clients;
        this.progress = progress;
    }

    /** The code's key; other code has another one. */
    static String key(StackConfig config, FunctionPackage code) {
        return config.codeBucket() == null ? code.key() : prefix(config.stackName()) + code.key();
    }

    /** Brings the code into a bucket that the user named, before there is a stack. */
    void upload(StackConfig config, FunctionPackage code) {
        upload(config.codeBucket(), key(config, code), code);
    }

    /** Brings the code to where the stack will look for it, unless it is there. */
    void upload(StackConfig config, FunctionPackage code, DeployedStack stack) {
        String key = key(config, code);
        String bucket = config.codeBucket() != null
                ? config.codeBucket()
                : stack.bucket()
                        .orElseThrow(() -> new ShellException(
                                "The stack " + stack.name() + " has no bucket of its own, but codeBucket is not set",
                                "Set codeBucket as it was when the stack was made, or remove the stack first with"
                                        + " lshell:teardown"));
        Map<String, String> deployed = stack.parameters();
        if (!key.equals(deployed.get("CodeKey"))
                || config.codeBucket() != null && !bucket.equals(deployed.get("CodeBucket"))) {
            upload(bucket, key, code);
        }
    }

    /** Removes a stack's code from a bucket that the user named; what else is in it stays. */
    void removeFromNamedBucket(DeployedStack stack) {
        String bucket = stack.parameters().getOrDefault("CodeBucket", "");
        if (!bucket.isEmpty()) {
            new BucketContents(clients.s3(), progress).remove(bucket, prefix(stack.name()));
        }
    }

    private void upload(String bucket, String key, FunctionPackage code) {
        clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(code.zip()));
        progress.step("uploaded the function's code, " + code.zip().length / 1024 + " KB");
    }

    private static String prefix(String stackName) {
        return stackName + "/";
    }
}
