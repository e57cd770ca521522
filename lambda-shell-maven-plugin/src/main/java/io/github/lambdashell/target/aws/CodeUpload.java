package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.code.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.commons.io.input.CloseShieldInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The upload of a stack's code, to its own bucket or to the user's under the stack's name, so that no two stacks share
 * an object.
 */
final class CodeUpload {
    private final AwsClients clients;
    private final DeployListener listener;

    CodeUpload(AwsClients clients, DeployListener listener) {
        this.clients = clients;
        this.listener = listener;
    }

    /** Returns the key of the code, which depends on its content. */
    static String key(StackConfig config, FunctionPackage code) {
        return config.codeBucket() == null ? code.key() : prefix(config.stackName()) + code.key();
    }

    /** Uploads the code to a bucket that the user configured, before the stack exists. */
    void upload(StackConfig config, FunctionPackage code) {
        upload(config.codeBucket(), key(config, code), code);
    }

    /**
     * Uploads the code to the stack's bucket, unless it is already there. It is not in the bucket of a stack that deletes
     * itself, but an update may need it, for example one of the architecture.
     */
    void upload(StackConfig config, FunctionPackage code, CloudFormationStack stack) {
        String key = key(config, code);
        String bucket = config.codeBucket() != null
                ? config.codeBucket()
                : stack.bucket().orElseThrow();
        Map<String, String> deployed = stack.parameters();
        if (SelfDestruct.isIn(stack)
                || !key.equals(deployed.get("CodeKey"))
                || config.codeBucket() != null && !bucket.equals(deployed.get("CodeBucket"))) {
            upload(bucket, key, code);
        }
    }

    /**
     * Refuses to change the bucket that the user configured, because the code in the previous one would never be
     * deleted.
     */
    void requireSameBucket(StackConfig config, CloudFormationStack stack) {
        String named = namedBucket(stack);
        if (!named.isEmpty() && config.codeBucket() == null) {
            throw new ShellException(
                    "The code of the stack " + stack.name() + " is in the bucket " + named
                            + ", but codeBucket is not set",
                    "Set codeBucket as it was when the stack was created, or delete the stack first with lshell:teardown");
        }
    }

    private static String namedBucket(CloudFormationStack stack) {
        return stack.parameters().getOrDefault("CodeBucket", "");
    }

    /** Deletes a stack's code from a bucket that the user configured; other objects stay. */
    void removeFromNamedBucket(CloudFormationStack stack) {
        String bucket = namedBucket(stack);
        if (!bucket.isEmpty()) {
            new BucketContents(clients.s3(), listener).remove(bucket, prefix(stack.name()));
        }
    }

    /** Deletes the code of a deployed function, of which Lambda has a copy. Sessions' objects stay in the bucket. */
    void remove(StackConfig config, FunctionPackage code, DeployedStack stack) {
        BucketContents contents = new BucketContents(clients.s3(), listener);
        if (config.codeBucket() != null) {
            contents.remove(config.codeBucket(), prefix(config.stackName()));
        } else {
            stack.bucket().ifPresent(bucket -> contents.remove(bucket, code.key()));
        }
    }

    /** Uploads the code under a key. */
    void upload(String bucket, String key, FunctionPackage code) {
        try {
            Path file = Files.createTempFile("lshell-", ".zip");
            // POSIX systems delete the file at once, so that it does not outlive a killed build.
            try (FileChannel zip = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                code.writeTo(zip);
                long size = zip.size();
                clients.s3()
                        .putObject(
                                request -> request.bucket(bucket).key(key),
                                RequestBody.fromContentProvider(() -> fromStart(zip), size, "application/zip"));
                listener.step("uploaded the function's code, " + Sizes.text(size));
            }
        } catch (SdkException e) {
            throw AwsFailure.of(e, "put the function's code into the bucket " + bucket);
        } catch (IOException e) {
            throw new UncheckedIOException("can't create the function's package", e);
        }
    }

    /** Returns the file's content; the SDK reads it again for each attempt. */
    private static InputStream fromStart(FileChannel file) {
        try {
            return CloseShieldInputStream.wrap(Channels.newInputStream(file.position(0)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the function's package", e);
        }
    }

    private static String prefix(String stackName) {
        return stackName + "/";
    }
}
