package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** The reasons that CloudFormation gives for a resource, and the remedy that belongs to each. */
class FailureReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Layer version arn:aws:lambda:eu-west-1:1:layer:x:9 does not exist.|<layers>",
                "User: arn:aws:iam::1:user/eve is not authorized to perform: lambda:GetLayerVersion on resource:"
                        + " arn:aws:lambda:eu-west-1:2:layer:x:1|<layers>",
                "1 validation error detected: Value 'java5' at 'runtime' failed to satisfy constraint: Member must satisfy"
                        + " enum value set|<runtime>",
                "The runtime parameter of nodejs8.10 is no longer supported for creating or updating|<runtime>",
                "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to"
                        + " 3008|<memorySize> (lshell.memorySize), or ask AWS Support for more of the quota"
                        + " 'Function memory maximum'",
                "Specified ReservedConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [10].|'Concurrent executions'"
                        + " (L-B99A9384), in the console under Service Quotas or with aws service-quotas"
                        + " request-service-quota-increase --service-code lambda --quota-code L-B99A9384",
                "Specified ConcurrentExecutions for function is greater than function's unreserved"
                        + " concurrency|L-B99A9384",
                "Code storage limit exceeded.|'Function and layer storage' (L-2ACBD22F)",
                "Lambda was not able to create an ENI in the VPC of the Lambda function because the limit for Network"
                        + " Interfaces has been reached.|L-9FEE3D26",
                "Your request has been throttled by EC2, please make sure you have enough API rate limit. EC2 Error"
                        + " Code: RequestLimitExceeded. EC2 Error Message: Request limit exceeded.|in a minute",
                "Rate exceeded (Service: Lambda, Status Code: 429, Request ID: 4f)|in a minute",
                "The subnet subnet-1 is out of IP addresses.|larger or more subnets with <subnetIds>",
                "Encountered a permissions error performing a tagging operation, please add required tag permissions."
                        + " Resource handler returned message: \"Access Denied (Service: S3, Status Code: 403)\"|"
                        + "permissions to tag this resource",
                "Encountered a permissions error performing a tagging operation, please add required tag permissions."
                        + " Resource handler returned message: \"User: arn:aws:iam::1:user/eve is not authorized to"
                        + " perform: iam:CreateRole on resource: arn:aws:iam::1:role/demo-1\"|permission iam:CreateRole",
                "Limit for stack has been exceeded|'Stack count' (L-0485CB21)",
                "The subnet ID 'subnet-1' does not exist|<subnetIds>",
                "The security group 'sg-1' does not exist|<securityGroupIds>",
                "The provided execution role does not have permissions to call CreateNetworkInterface on"
                        + " EC2|AWSLambdaVPCAccessExecutionRole",
                "Cannot exceed quota for RolesPerAccount: 1000|'Roles per account' (L-FE177D64)",
                "You have attempted to create more buckets than allowed|'General purpose buckets' (L-DC2B2D3D)",
                "The quota of something else is used up|larger quota in the console under Service Quotas",
                "demo-bucket-abc already exists (Service: S3, Status Code: 0, Request ID: null)|run the goal again",
                "The role defined for the function cannot be assumed by Lambda.|trust policy",
                "Error occurred while GetObject. S3 Error Code: PermanentRedirect.|in the region of the stack",
                "Error occurred while GetObject. S3 Error Code: NoSuchBucket.|Create the bucket",
                "Lambda was unable to configure access to your environment variables because the KMS key is"
                        + " invalid|<kmsKey>",
                "Something that nobody has seen yet|Correct the cause and run the goal again",
            })
    void aReasonHasItsRemedy(String reason, String remedy) {
        assertThat(reason("Bucket", "AWS::S3::Bucket", reason).remedy()).contains(remedy);
    }

    @Test
    void theServicesWordsStandWithoutIdsOfRequests() {
        FailureReason reason = reason(
                "ShellFunction",
                "AWS::Lambda::Function",
                "Resource handler returned message: \"Layer x does not exist. (Service: Lambda, Status Code: 400, Request"
                        + " ID: 4f) (SDK Attempt Count: 1)\" (RequestToken: 9, HandlerErrorCode: InvalidRequest)");

        assertThat(reason.problem()).isEqualTo("ShellFunction (AWS::Lambda::Function): Layer x does not exist");
    }

    @Test
    void aRefusalNamesTheIdentityTheActionAndTheResource() {
        FailureReason reason = reason(
                "FunctionRole",
                "AWS::IAM::Role",
                "API: iam:CreateRole User: arn:aws:iam::1:user/eve is not authorized to perform: iam:CreateRole on"
                        + " resource: arn:aws:iam::1:role/demo-FunctionRole-1 because no identity-based policy allows"
                        + " the iam:CreateRole action");

        assertThat(reason.problem())
                .isEqualTo("FunctionRole (AWS::IAM::Role): arn:aws:iam::1:user/eve may not do iam:CreateRole on"
                        + " arn:aws:iam::1:role/demo-FunctionRole-1, because no identity-based policy allows it");
        assertThat(reason.remedy()).startsWith("Ask for the permission iam:CreateRole");
    }

    private static FailureReason reason(String resource, String type, String reason) {
        return FailureReason.of(StackEvent.builder()
                .logicalResourceId(resource)
                .resourceType(type)
                .resourceStatusReason(reason)
                .build());
    }
}
