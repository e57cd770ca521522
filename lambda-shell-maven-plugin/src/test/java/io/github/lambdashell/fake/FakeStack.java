package io.github.lambdashell.fake;

import io.github.lambdashell.fault.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stack that a test can read and change. */
public final class FakeStack {
    final String name;
    final String id;
    final List<FakeEvent> events = new ArrayList<>();
    final Map<String, FakeResource> resources = new LinkedHashMap<>();
    final Map<String, String> parameters = new TreeMap<>();
    final Map<String, String> tags = new TreeMap<>();
    Instant created = Instant.now();
    String template = "";
    String status;
    boolean terminationProtection;
    /** Client request token of the last operation. */
    String token;
    /** Whether the creation waits for the code. */
    boolean waiting;
    /** Whether the last operation was in express mode. */
    boolean express;
    /** ID of the last operation. */
    String operation = "";
    /** End of the operation in progress; null if there is none. */
    Runnable end;
    /** Rollback of a failed operation. */
    Runnable rollback = () -> {};
    /** Number of remaining polls of the operation. */
    int looks;

    FakeStack(String name, int number, String status) {
        this.name = name;
        this.id = "arn:aws:cloudformation:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":stack/" + name + "/"
                + "00000000-0000-0000-0000-" + String.format("%012d", number);
        this.status = status;
    }

    /** A resource of a stack. */
    record FakeResource(String type, String physicalId, String status) {}

    /** An event of a stack; the token is null if the endpoint omits it. */
    record FakeEvent(
            String id, String token, String resource, String type, String status, String reason, String time) {}

    public String status() {
        return status;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    public FakeStack status(String now) {
        status = now;
        return this;
    }

    /** Sets the age of the stack. */
    public FakeStack made(Duration ago) {
        created = Instant.now().minus(ago);
        return this;
    }

    public FakeStack protect() {
        terminationProtection = true;
        return this;
    }

    /** Makes the last operation one in express mode, as with another tool. */
    public FakeStack express() {
        express = true;
        return this;
    }

    public boolean isExpress() {
        return express;
    }

    public FakeStack tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /** Removes the function, as if the build had been killed between the bucket and the function. */
    public void loseFunction(String statusThen) {
        resources.remove("ShellFunction");
        parameters.put("CodeKey", "");
        parameters.put("AwaitCode", "");
        status = statusThen;
    }

    /** Puts the stack into an operation that ends with a status after a number of polls. */
    public FakeStack settlesTo(String endStatus, int looksUntilThen) {
        end = () -> status = endStatus;
        looks = looksUntilThen;
        return this;
    }

    /** Returns whether the code is in the template. */
    boolean isInline() {
        return template.contains("ZipFile:");
    }

    /** Returns the types of the resources that exist before the function, by their logical IDs. */
    Map<String, String> typesBeforeCode() {
        Map<String, String> types = new LinkedHashMap<>();
        if (template.contains("AWS::Scheduler::Schedule")) {
            types.put("SelfDestruct", "AWS::Scheduler::Schedule");
        }
        types.put("LogGroup", "AWS::Logs::LogGroup");
        if (parameters.getOrDefault("CodeBucket", "").isEmpty() && !isInline()) {
            types.put("Bucket", "AWS::S3::Bucket");
        }
        if (parameters.getOrDefault("Role", "").isEmpty()) {
            types.put("FunctionRole", "AWS::IAM::Role");
        }
        return types;
    }

    static boolean isExpress(Map<String, String> form) {
        return "EXPRESS".equals(form.get("DeploymentConfig.Mode"));
    }

    /** After a failure in express mode, operations must use it too. */
    boolean isRefusedForItsMode(Map<String, String> form) {
        return express && status.endsWith("_FAILED") && !isExpress(form);
    }

    HttpAnswer refusedForItsMode() {
        return HttpAnswer.queryError(
                400,
                "ValidationError",
                "This stack is in a " + status
                        + " state from a previous operation that used EXPRESS deployment mode"
                        + " with disable-rollback. Follow-up operations must use the same DeploymentConfig (mode=EXPRESS)"
                        + " until the stack reaches a *_COMPLETE state");
    }
}
