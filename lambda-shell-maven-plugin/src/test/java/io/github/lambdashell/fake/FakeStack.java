package io.github.lambdashell.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One stack, as a test sees and changes it. */
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
    /** What is under way; null when nothing is. */
    Runnable end;
    /** What a failed operation undoes. */
    Runnable rollback = () -> {};
    /** How many looks at the stack the operation takes. */
    int looks;

    FakeStack(String name, int number, String status) {
        this.name = name;
        this.id = "arn:aws:cloudformation:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":stack/" + name + "/"
                + "00000000-0000-0000-0000-" + String.format("%012d", number);
        this.status = status;
    }

    /** One thing in a stack. */
    record FakeResource(String type, String physicalId, String status) {}

    /** One event of a stack; a null token where the endpoint is a loose one. */
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

    /** How long ago it was made. */
    public FakeStack made(Duration ago) {
        created = Instant.now().minus(ago);
        return this;
    }

    public FakeStack protect() {
        terminationProtection = true;
        return this;
    }

    public FakeStack tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /** As a build leaves it that is killed between the bucket and the function. */
    public void loseFunction(String statusThen) {
        resources.remove("ShellFunction");
        parameters.put("CodeKey", "");
        status = statusThen;
    }

    /** Makes an operation look under way, which after so many looks ends like this. */
    public FakeStack settlesTo(String endStatus, int looksUntilThen) {
        end = () -> status = endStatus;
        looks = looksUntilThen;
        return this;
    }
}
