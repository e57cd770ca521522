package io.github.lambdashell.fake;

import io.github.lambdashell.fake.FakeStack.FakeEvent;
import io.github.lambdashell.fake.FakeStack.FakeResource;
import io.github.lambdashell.fault.HttpAnswer;

/** The XML of stacks in CloudFormation's responses. */
final class FakeStackXml {
    private boolean loose;
    private String hiddenOutput = "";

    /** Omits the values that emulators omit. */
    void beLoose() {
        loose = true;
    }

    void hideOutput(String name) {
        hiddenOutput = name;
    }

    String stack(FakeStack stack) {
        StringBuilder xml = new StringBuilder("<member><StackId>" + stack.id + "</StackId><StackName>" + stack.name
                + "</StackName><CreationTime>" + stack.created + "</CreationTime><StackStatus>" + stack.status
                + "</StackStatus>");
        if (!loose) {
            xml.append("<EnableTerminationProtection>").append(stack.terminationProtection);
            xml.append("</EnableTerminationProtection>");
        }
        if (!loose) {
            xml.append("<DeploymentConfig><Mode>").append(stack.express ? "EXPRESS" : "STANDARD");
            xml.append("</Mode></DeploymentConfig>");
        }
        xml.append("<Tags>");
        stack.tags.forEach((key, value) -> xml.append("<member><Key>" + HttpAnswer.escape(key) + "</Key><Value>"
                + HttpAnswer.escape(value) + "</Value></member>"));
        xml.append("</Tags><Parameters>");
        stack.parameters.forEach((key, value) -> xml.append("<member><ParameterKey>" + key + "</ParameterKey>"
                + (loose && value.isEmpty() ? "" : "<ParameterValue>" + HttpAnswer.escape(value) + "</ParameterValue>")
                + "</member>"));
        xml.append("</Parameters><Outputs>");
        output(xml, "FunctionName", stack.resources.get("ShellFunction"));
        output(xml, "Bucket", stack.resources.get("Bucket"));
        output(xml, "LogGroup", stack.resources.get("LogGroup"));
        output(xml, "SelfDestruct", stack.resources.get("SelfDestruct"));
        return xml + "</Outputs></member>";
    }

    private void output(StringBuilder xml, String key, FakeResource resource) {
        if (resource != null && !key.equals(hiddenOutput)) {
            xml.append("<member><OutputKey>").append(key).append("</OutputKey><OutputValue>");
            xml.append(resource.physicalId()).append("</OutputValue></member>");
        }
    }

    String events(FakeStack stack) {
        StringBuilder xml = new StringBuilder("<StackEvents>");
        for (FakeEvent event : stack.events) {
            xml.append("<member><EventId>" + event.id() + "</EventId><Timestamp>" + event.time()
                    + "</Timestamp><StackId>" + stack.id + "</StackId><LogicalResourceId>" + event.resource()
                    + "</LogicalResourceId><ResourceType>" + event.type() + "</ResourceType><ResourceStatus>"
                    + event.status() + "</ResourceStatus>");
            if (!event.reason().isEmpty()) {
                xml.append("<ResourceStatusReason>" + HttpAnswer.escape(event.reason()) + "</ResourceStatusReason>");
            }
            if (event.token() != null) {
                xml.append("<ClientRequestToken>" + event.token() + "</ClientRequestToken>");
            }
            xml.append("</member>");
        }
        return xml + "</StackEvents>";
    }

    String resources(FakeStack stack) {
        StringBuilder xml = new StringBuilder("<StackResources>");
        stack.resources.forEach((name, resource) -> xml.append("<member><LogicalResourceId>" + name
                + "</LogicalResourceId><PhysicalResourceId>" + resource.physicalId()
                + "</PhysicalResourceId><ResourceType>" + resource.type() + "</ResourceType>"
                + (loose ? "" : "<ResourceStatus>" + resource.status() + "</ResourceStatus>") + "</member>"));
        return xml + "</StackResources>";
    }
}
