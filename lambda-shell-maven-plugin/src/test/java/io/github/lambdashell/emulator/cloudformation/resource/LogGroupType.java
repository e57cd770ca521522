package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Logs::LogGroup}: a name and an ARN. The logs themselves are stored with the functions. */
final class LogGroupType implements ResourceType {
    private static final Shape SHAPE = new Shape.Members()
            .optional("KmsKeyId", Shape.text("arn:.+"))
            .optional("LogGroupClass", Shape.oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"))
            .optional("LogGroupName", Shape.text("(?!aws/)[.\\-_/#A-Za-z0-9]{1,512}"))
            .optional(
                    "RetentionInDays",
                    Shape.oneOf(
                            "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
                            "1096", "1827", "2192", "2557", "2922", "3288", "3653"))
            .optional("Tags", Shape.tags());

    private final Place place;
    private final Registry groups;

    LogGroupType(Place place, StateDirectory state) {
        this.place = place;
        this.groups = new Registry(state, "log-groups");
    }

    @Override
    public String name() {
        return "AWS::Logs::LogGroup";
    }

    @Override
    public Set<String> attributes() {
        return Set.of("Arn");
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("LogGroupName", "LogGroupClass");
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        String name = request.text("LogGroupName");
        return name == null ? PhysicalNames.choose(request, 512) : name;
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        if (!groups.add(physicalId, request.stackId())) {
            throw ResourceFailure.of("CloudWatchLogs", 400, "The specified log group already exists", "AlreadyExists");
        }
        return attributes(physicalId);
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) {
        return attributes(physicalId);
    }

    private Map<String, String> attributes(String name) {
        return Map.of("Arn", place.arn("logs", "log-group:" + name + ":*"));
    }

    @Override
    public void delete(String physicalId, String stackId) throws IOException {
        groups.remove(physicalId, stackId);
    }
}
