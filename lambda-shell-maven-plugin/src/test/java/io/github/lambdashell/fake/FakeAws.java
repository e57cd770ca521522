package io.github.lambdashell.fake;

import io.github.lambdashell.fault.Fault.Upstream;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.util.function.Consumer;

/**
 * An AWS account whose stacks get into any state that a test requires, for cases that the emulator can't produce:
 * resources fail for reasons that the test sets.
 */
public final class FakeAws implements Upstream {
    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-west-1";

    private final FakeS3 s3 = new FakeS3();
    private final FakeCloudFormation cloudFormation = new FakeCloudFormation(s3);
    private final FakeLambda lambda = new FakeLambda();
    private final FakeLogs logs = new FakeLogs();
    private volatile Consumer<HttpCall> hook = call -> {};

    public FakeCloudFormation cloudFormation() {
        return cloudFormation;
    }

    public FakeS3 s3() {
        return s3;
    }

    public FakeLambda lambda() {
        return lambda;
    }

    public FakeLogs logs() {
        return logs;
    }

    /** Sets a hook that receives each call before the response. An exception of the hook breaks the connection. */
    public void beforeEachCall(Consumer<HttpCall> newHook) {
        hook = newHook;
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        hook.accept(call);
        String operation = call.operation();
        return switch (operation) {
            case "GetCallerIdentity" ->
                HttpAnswer.xml("<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::" + ACCOUNT
                        + ":assumed-role/developer/alice</Arn><UserId>AROA:alice</UserId><Account>" + ACCOUNT
                        + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
            case "Invoke",
                    "InvokeWithResponseStream",
                    "GetFunction",
                    "GetFunctionConfiguration",
                    "PublishVersion",
                    "ListVersionsByFunction",
                    "DeleteFunction",
                    "CreateAlias",
                    "UpdateAlias" -> lambda.answer(call);
            case "PutObject", "GetObject", "ListObjectVersions", "ListObjectsV2", "DeleteObjects", "DeleteObject" ->
                s3.answer(call);
            case "FilterLogEvents" -> logs.answer(call);
            default -> cloudFormation.answer(call);
        };
    }
}
