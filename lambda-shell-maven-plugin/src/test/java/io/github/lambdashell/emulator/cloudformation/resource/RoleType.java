package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** {@code AWS::IAM::Role}: a name and an ARN. The emulator does not enforce permissions. */
final class RoleType implements ResourceType {
    private static final Shape SHAPE = new Shape.Members()
            .required("AssumeRolePolicyDocument", Shape.json())
            .optional("Description", Shape.text("(?s).{0,1000}"))
            .optional("ManagedPolicyArns", Shape.list(Shape.text("arn:.{16,2044}"), 20))
            .optional("MaxSessionDuration", Shape.integer(3600, 43200))
            .optional("Path", Shape.text("/|/[\\x21-\\x7e]+/"))
            .optional("PermissionsBoundary", Shape.text("arn:.{16,2044}"))
            .optional(
                    "Policies",
                    Shape.list(
                            new Shape.Members()
                                    .required("PolicyName", Shape.text("[\\w+=,.@-]{1,128}"))
                                    .required("PolicyDocument", Shape.json()),
                            100))
            .optional("RoleName", Shape.text("[\\w+=,.@-]{1,64}"))
            .optional("Tags", Shape.tags());

    private final Place place;
    private final Registry roles;

    RoleType(Place place, StateDirectory state) {
        this.place = place;
        this.roles = new Registry(state, "roles");
    }

    @Override
    public String name() {
        return "AWS::IAM::Role";
    }

    @Override
    public Set<String> attributes() {
        return Set.of("Arn", "RoleId");
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of("RoleName", "Path");
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(SHAPE, request);
        Checked.policy("AssumeRolePolicyDocument", request.object("AssumeRolePolicyDocument"));
        for (Map<?, ?> policy : request.objects("Policies")) {
            Checked.policy("Policies", (Map<?, ?>) policy.get("PolicyDocument"));
        }
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        String name = request.text("RoleName");
        return name == null ? PhysicalNames.choose(request, 64) : name;
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure, IOException {
        if (!roles.add(physicalId, request.stackId())) {
            throw ResourceFailure.of("Iam", 409, "Role with name " + physicalId + " already exists.", "AlreadyExists");
        }
        return attributes(physicalId, request);
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) {
        return attributes(physicalId, request);
    }

    private Map<String, String> attributes(String name, ResourceRequest request) {
        String path = request.text("Path") == null ? "/" : request.text("Path");
        String id = "AROA" + Integer.toUnsignedString(name.hashCode(), 36).toUpperCase(java.util.Locale.ROOT);
        return Map.of("Arn", place.iamArn("role" + path + name), "RoleId", id);
    }

    @Override
    public void delete(String physicalId, String stackId) throws IOException {
        roles.remove(physicalId, stackId);
    }
}
