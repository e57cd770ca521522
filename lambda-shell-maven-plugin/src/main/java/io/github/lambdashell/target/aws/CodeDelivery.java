package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.code.FunctionPackage;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceSignalStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/**
 * The delivery of the code to a stack while it is created. The template has a wait condition between the bucket and the
 * function; when it is reached, the code is uploaded and the condition is signalled. So a stack with its own bucket is
 * created in one operation, and all that exists at any moment belongs to the stack.
 */
final class CodeDelivery {
    /** Logical ID of the wait condition. */
    static final String RESOURCE = "CodeUploaded";

    private final AwsClients clients;
    private final CodeUpload upload;
    private final StackConfig config;
    private final FunctionPackage code;
    private final String stackId;
    private boolean uploaded;
    private boolean signalled;

    CodeDelivery(AwsClients clients, CodeUpload upload, StackConfig config, FunctionPackage code, String stackId) {
        this.clients = clients;
        this.upload = upload;
        this.config = config;
        this.code = code;
        this.stackId = stackId;
    }

    /** Returns whether CloudFormation goes on with the code. */
    boolean isDone() {
        return signalled;
    }

    /** Delivers the code; has no effect if the stack does not wait for it. */
    void perform() {
        if (signalled) {
            return;
        }
        List<StackResource> resources = clients.cloudFormation()
                .describeStackResources(request -> request.stackName(stackId))
                .stackResources();
        boolean waits = resources.stream()
                .anyMatch(resource -> RESOURCE.equals(resource.logicalResourceId())
                        && !"CREATE_COMPLETE".equals(resource.resourceStatusAsString()));
        if (!waits) {
            return;
        }
        if (!uploaded) {
            String bucket = resources.stream()
                    .filter(resource -> CloudFormationStack.BUCKET.equals(resource.logicalResourceId()))
                    .map(StackResource::physicalResourceId)
                    .findFirst()
                    .orElseThrow();
            upload.upload(bucket, CodeUpload.key(config, code), code);
            uploaded = true;
        }
        try {
            clients.cloudFormation().signalResource(request -> request.stackName(stackId)
                    .logicalResourceId(RESOURCE)
                    .uniqueId("code")
                    .status(ResourceSignalStatus.SUCCESS));
            signalled = true;
        } catch (CloudFormationException e) {
            // The resource does not wait: not yet, no longer, or never at this endpoint.
            if (!Stacks.isValidationError(e, "") && !AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
        }
    }
}
