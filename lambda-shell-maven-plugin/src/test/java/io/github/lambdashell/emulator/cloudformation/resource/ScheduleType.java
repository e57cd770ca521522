package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::Scheduler::Schedule}: validated and stored, in a file for each in the folder {@code schedules} of the
 * state. The emulator does not run schedules.
 */
final class ScheduleType implements ResourceType {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final Shape SHAPE = new Shape.Members()
            .optional("Description", Shape.text("(?s).{0,512}"))
            .optional("EndDate", Shape.text(TIME))
            .required(
                    "FlexibleTimeWindow",
                    new Shape.Members()
                            .required("Mode", Shape.oneOf("OFF", "FLEXIBLE"))
                            .optional("MaximumWindowInMinutes", Shape.integer(1, 1440)))
            .optional("Name", Shape.text("[0-9a-zA-Z-_.]{1,64}"))
            .required("ScheduleExpression", Shape.text("rate\\(\\d+ (minutes?|hours?|days?)\\)|(at|cron)\\(.+\\)"))
            .optional("StartDate", Shape.text(TIME))
            .required(
                    "Target",
                    new Shape.Members()
                            .required("Arn", Shape.text("arn:.+"))
                            .optional("Input", Shape.text("(?s).+"))
                            .required("RoleArn", Shape.text("arn:aws[a-z-]*:iam::\\d{12}:role/.+")));

    private final StateDirectory state;

    ScheduleType(StateDirectory state) {
        this.state = state;
    }

    @Override
    public String name() {
        return "AWS::Scheduler::Schedule";
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("Name");
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        String name = request.text("Name");
        return name == null ? PhysicalNames.choose(request, 64) : name;
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws IOException {
        return update(physicalId, request);
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) throws IOException {
        state.write(file(physicalId), request.properties());
        return Map.of();
    }

    @Override
    public void delete(String physicalId, String stackId) throws IOException {
        Files.deleteIfExists(file(physicalId));
    }

    private Path file(String name) throws IOException {
        return state.directory("schedules").resolve(name + ".json");
    }
}
