package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::IAM::Policy}: validated, but not enforced, like roles. */
final class PolicyType implements ResourceType {
    private static final List<String> HOLDERS = List.of("Groups", "Roles", "Users");
    private static final Shape NAMES = Shape.list(Shape.text("[\\w+=,.@-]{1,128}"), 100);
    private static final Shape SHAPE = new Shape.Members()
            .required("PolicyName", Shape.text("[\\w+=,.@-]{1,128}"))
            .required("PolicyDocument", Shape.json())
            .optional("Groups", NAMES)
            .optional("Roles", NAMES)
            .optional("Users", NAMES);

    @Override
    public String name() {
        return "AWS::IAM::Policy";
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of();
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
        Checked.policy("PolicyDocument", request.object("PolicyDocument"));
        if (HOLDERS.stream().allMatch(holders -> request.texts(holders).isEmpty())) {
            throw new ResourceFailure("At least one of " + HOLDERS + " must be non-empty.");
        }
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        return PhysicalNames.choose(request, 128);
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) {
        return Map.of();
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) {
        return Map.of();
    }

    @Override
    public void delete(String physicalId, String stackId) {
        // It is deleted with its role.
    }
}
