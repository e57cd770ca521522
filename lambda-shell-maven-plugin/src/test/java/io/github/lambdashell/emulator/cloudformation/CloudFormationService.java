package io.github.lambdashell.emulator.cloudformation;

import io.github.lambdashell.emulator.Service;
import io.github.lambdashell.emulator.cloudformation.stack.Stack;
import io.github.lambdashell.emulator.cloudformation.stack.StackEvent;
import io.github.lambdashell.emulator.cloudformation.stack.StackResource;
import io.github.lambdashell.emulator.cloudformation.stack.Stacks;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.emulator.query.QueryRequest;
import io.github.lambdashell.emulator.query.QueryService;
import io.github.lambdashell.emulator.xml.Xml;
import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** CloudFormation's actions. */
public final class CloudFormationService {
    private static final int EVENTS_PER_PAGE = 100;
    private static final Consumer<Xml> NOTHING = xml -> {};

    private final Stacks stacks;

    private CloudFormationService(Stacks stacks) {
        this.stacks = stacks;
    }

    /** Creates the service for the given stacks. */
    public static Service create(Stacks stacks) {
        CloudFormationService service = new CloudFormationService(stacks);
        Map<String, QueryService.Action> actions = new HashMap<>(Map.ofEntries(
                Map.entry("ContinueUpdateRollback", service::continueUpdateRollback),
                Map.entry("CreateStack", service::createStack),
                Map.entry("DeleteStack", service::deleteStack),
                Map.entry("DescribeStackEvents", service::describeStackEvents),
                Map.entry("DescribeStackResource", service::describeStackResource),
                Map.entry("DescribeStackResources", service::describeStackResources),
                Map.entry("DescribeStacks", service::describeStacks),
                Map.entry("GetTemplate", service::getTemplate),
                Map.entry("GetTemplateSummary", service::getTemplateSummary),
                Map.entry("ListStackResources", service::listStackResources),
                Map.entry("ListStacks", service::listStacks),
                Map.entry("SignalResource", service::signalResource),
                Map.entry("UpdateStack", service::updateStack),
                Map.entry("UpdateTerminationProtection", service::updateTerminationProtection),
                Map.entry("ValidateTemplate", service::validateTemplate)));
        actions.putAll(ChangeSetActions.of(stacks));
        return new QueryService("http://cloudformation.amazonaws.com/doc/2010-05-15/", actions);
    }

    private Consumer<Xml> createStack(QueryRequest request) throws IOException {
        String id = stacks.create(StackRequests.ofCreation(request));
        return xml -> xml.element("StackId", id);
    }

    private Consumer<Xml> updateStack(QueryRequest request) throws IOException {
        String id = stacks.update(StackRequests.ofUpdate(request));
        return xml -> xml.element("StackId", id);
    }

    private Consumer<Xml> deleteStack(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "RetainResources", "RoleARN", "DeploymentConfig", "ClientRequestToken");
        stacks.delete(
                request.required("StackName"),
                request.list("RetainResources"),
                request.get("ClientRequestToken").orElse(null));
        return NOTHING;
    }

    private Consumer<Xml> signalResource(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "LogicalResourceId", "UniqueId", "Status");
        stacks.signal(request.required("StackName"), request.required("LogicalResourceId"));
        return NOTHING;
    }

    private Consumer<Xml> continueUpdateRollback(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "RoleARN", "ClientRequestToken");
        stacks.continueRollback(
                request.required("StackName"), request.get("ClientRequestToken").orElse(null));
        return NOTHING;
    }

    private Consumer<Xml> updateTerminationProtection(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "EnableTerminationProtection");
        String id = stacks.protect(request.required("StackName"), request.flag("EnableTerminationProtection"));
        return xml -> xml.element("StackId", id);
    }

    private Consumer<Xml> describeStacks(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "NextToken");
        Optional<String> name = request.get("StackName");
        List<Stack> found = name.isPresent()
                ? List.of(stacks.get(name.get()))
                : stacks.list().stream().filter(stack -> !stack.isDeleted()).toList();
        return xml -> xml.element(
                "Stacks",
                list -> found.forEach(stack -> list.element(
                        "member",
                        member -> StackXml.describe(
                                member, stack, stacks.parse(stack.spec().template())))));
    }

    private Consumer<Xml> listStacks(QueryRequest request) throws IOException {
        request.requireOnly("StackStatusFilter", "NextToken");
        List<String> statuses = request.list("StackStatusFilter");
        List<Stack> found = stacks.list().stream()
                .filter(stack -> statuses.isEmpty() || statuses.contains(stack.status()))
                .toList();
        return xml -> xml.element(
                "StackSummaries",
                list -> found.forEach(stack -> list.element("member", member -> StackXml.summarize(member, stack))));
    }

    private Consumer<Xml> describeStackEvents(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "NextToken");
        Stack stack = find(request, "Stack [%s] does not exist");
        List<StackEvent> newestFirst = new ArrayList<>(stack.events());
        Collections.reverse(newestFirst);
        Optional<String> lastSeen = request.get("NextToken");
        int from = 0;
        if (lastSeen.isPresent()) {
            while (from < newestFirst.size() && !newestFirst.get(from).id().equals(lastSeen.get())) {
                from++;
            }
            from++;
        }
        if (from > newestFirst.size()) {
            throw new AwsException(400, "ValidationError", "The NextToken is not one of this stack's");
        }
        int to = Math.min(from + EVENTS_PER_PAGE, newestFirst.size());
        List<StackEvent> page = newestFirst.subList(from, to);
        String next = to < newestFirst.size() ? page.get(page.size() - 1).id() : null;
        return xml -> xml.element(
                        "StackEvents",
                        list -> page.forEach(
                                event -> list.element("member", member -> StackXml.describe(member, stack, event))))
                .element("NextToken", next);
    }

    private Consumer<Xml> describeStackResources(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "LogicalResourceId");
        Stack stack = stacks.get(request.required("StackName"));
        Optional<String> logicalId = request.get("LogicalResourceId");
        List<StackResource> found =
                logicalId.isPresent() ? List.of(resource(stack, logicalId.get())) : stack.resources();
        return xml -> xml.element(
                "StackResources",
                list -> found.forEach(resource ->
                        list.element("member", member -> StackXml.describe(member, stack, resource, "Timestamp"))));
    }

    private Consumer<Xml> describeStackResource(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "LogicalResourceId");
        Stack stack = find(request, "Stack '%s' does not exist");
        StackResource found = resource(stack, request.required("LogicalResourceId"));
        return xml -> xml.element(
                "StackResourceDetail", detail -> StackXml.describe(detail, stack, found, "LastUpdatedTimestamp"));
    }

    /** @param missing message if there is no such stack, which is not the same for all actions */
    private Stack find(QueryRequest request, String missing) throws IOException {
        String name = request.required("StackName");
        return stacks.find(name).orElseThrow(() -> new AwsException(400, "ValidationError", missing.formatted(name)));
    }

    private static StackResource resource(Stack stack, String logicalId) {
        return stack.resource(logicalId)
                .orElseThrow(() -> new AwsException(
                        400, "ValidationError", "Resource " + logicalId + " does not exist for stack " + stack.name()));
    }

    private Consumer<Xml> listStackResources(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "NextToken");
        Stack stack = stacks.get(request.required("StackName"));
        return xml -> xml.element("StackResourceSummaries", list -> stack.resources()
                .forEach(resource -> list.element("member", member -> StackXml.summarize(member, resource))));
    }

    private Consumer<Xml> getTemplate(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "TemplateStage");
        Stack stack = stacks.get(request.required("StackName"));
        return xml -> xml.element("TemplateBody", stack.spec().template())
                .element("StagesAvailable", stages -> stages.element("member", "Original")
                        .element("member", "Processed"));
    }

    private Consumer<Xml> getTemplateSummary(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "TemplateBody");
        Optional<String> given = StackRequests.template(request);
        String text;
        if (given.isPresent()) {
            text = given.get();
        } else {
            Stack stack = stacks.get(request.required("StackName"));
            if (stack.status().equals("REVIEW_IN_PROGRESS")) {
                throw new AwsException(
                        400, "ValidationError", "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
            }
            text = stack.spec().template();
        }
        Template template = stacks.parse(text);
        return xml -> StackXml.summarize(xml, template);
    }

    private Consumer<Xml> validateTemplate(QueryRequest request) {
        request.requireOnly("TemplateBody");
        Template template = stacks.parse(StackRequests.template(request).orElseThrow(StackRequests::noTemplate));
        return xml -> StackXml.validated(xml, template);
    }
}
