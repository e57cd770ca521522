package io.github.lambdashell.target.aws;

import static io.github.lambdashell.target.aws.Trouble.answer;
import static io.github.lambdashell.target.aws.Trouble.breakage;
import static io.github.lambdashell.target.aws.Trouble.fault;
import static io.github.lambdashell.target.aws.Trouble.plainly;
import static io.github.lambdashell.target.aws.Trouble.profile;
import static io.github.lambdashell.target.aws.Trouble.query;
import static io.github.lambdashell.target.aws.Trouble.refusal;
import static io.github.lambdashell.target.aws.Trouble.resource;
import static io.github.lambdashell.target.aws.Trouble.throttle;
import static io.github.lambdashell.target.aws.Trouble.whenAccount;
import static io.github.lambdashell.target.aws.Trouble.withoutKeys;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** How each row of the page on troubleshooting comes about, by the row's first column. */
final class Troubles {
    private static final String EVE = "User: arn:aws:iam::123456789012:user/eve is not authorized to perform: ";
    private static final String STREAM = "InvokeWithResponseStream";

    private Troubles() {}

    static Map<String, Trouble> all() {
        Map<String, Trouble> all = new LinkedHashMap<>();
        whoAsks(all);
        theWay(all);
        stacks(all);
        resources(all);
        invocations(all);
        functions(all);
        return all;
    }

    private static void whoAsks(Map<String, Trouble> all) {
        all.put("no credentials", withoutKeys().whenDeploying());
        all.put("no such profile", profile("work", "[profile other]\nregion = eu-west-1\n"));
        all.put(
                "incomplete profile",
                profile("work", "[profile work]\nrole_arn = arn:aws:iam::1:role/dev\nsource_profile = base\n"));
        all.put("no region", account -> {
            account.set("aws.region", null);
            account.deployment().deploy(Account.config("demo"));
        });
        all.put(
                "login expired, single sign-on",
                profile(
                        "work",
                        "[profile work]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 1\nsso_role_name = dev\n"
                                + "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.invalid/\n"));
        all.put(
                "login expired, `aws login`",
                profile(
                        "work",
                        "[profile work]\nregion = eu-west-1\nlogin_session = arn:aws:sts::1:assumed-role/dev/alice\n"));
        all.put(
                "token expired",
                query("GetCallerIdentity", 403, "ExpiredToken", "The security token included in the request is expired")
                        .whenDeploying());
        all.put(
                "credentials unknown",
                query(
                                "GetCallerIdentity",
                                403,
                                "InvalidClientTokenId",
                                "The security token included in the request is invalid.")
                        .whenDeploying());
        all.put(
                "clock skew",
                query(
                                "DescribeStacks",
                                403,
                                "SignatureDoesNotMatch",
                                "Signature expired: 20261126T090000Z is now earlier than 20261126T095500Z")
                        .whenDeploying());
        all.put(
                "access denied",
                query(
                                "CreateStack",
                                403,
                                "AccessDenied",
                                EVE + "cloudformation:CreateStack on resource:"
                                        + " arn:aws:cloudformation:eu-west-1:123456789012:stack/demo/* because no"
                                        + " identity-based policy allows the cloudformation:CreateStack action")
                        .whenDeploying());
    }

    private static void theWay(Map<String, Trouble> all) {
        all.put("endpoint not reachable", Trouble.endpoint(Trouble.nobody()));
        all.put("no such host", Trouble.endpoint(URI.create("http://aws.invalid")));
        all.put("no TLS", account -> Trouble.endpoint(
                        URI.create(account.endpoint().uri().toString().replace("http:", "https:")))
                .meet(account));
        all.put(
                "proxy that answers HTML",
                answer("DescribeStacks", HttpAnswer.of(200, "text/html", "<html>Please log in</html>"))
                        .whenDeploying());
        all.put(
                "proxy that requires a password",
                answer("GetCallerIdentity", HttpAnswer.of(407, "text/plain", ""))
                        .whenDeploying());
        all.put(
                "no AWS endpoint",
                answer("DescribeStacks", HttpAnswer.of(404, "text/plain", "not found"))
                        .whenDeploying());
        all.put(
                "throttled control plane",
                query("DescribeStacks", 400, "Throttling", "Rate exceeded").whenDeploying());
        all.put(
                "AWS unavailable",
                answer("DescribeStacks", HttpAnswer.of(503, "text/plain", "")).whenDeploying());
    }

    private static void stacks(Map<String, Trouble> all) {
        all.put(
                "stack of somebody else",
                whenAccount(account -> account.stacks().givenForeign("demo", "CREATE_COMPLETE"))
                        .whenDeploying());
        all.put(
                "stack that can't be used",
                whenAccount(account -> account.stacks().given("demo", "ROLLBACK_COMPLETE"))
                        .whenExecuting());
        all.put(
                "stack protected from termination",
                whenAccount(account ->
                                account.stacks().find("demo").orElseThrow().protect())
                        .whenRemoving());
        all.put(
                "something that can't be removed",
                whenAccount(account -> {
                            for (int i = 0; i < 3; i++) {
                                account.stacks()
                                        .failNext(
                                                "DELETE",
                                                "FunctionRole",
                                                EVE + "iam:DeleteRole on resource: role demo-functionrole-abc123");
                            }
                        })
                        .whenRemoving());
        all.put(
                "quota exceeded, stacks",
                query("CreateStack", 400, "LimitExceededException", "Limit for stack has been exceeded")
                        .whenDeploying());
        all.put(
                "code bucket in another region",
                Trouble.upload(
                                301,
                                "PermanentRedirect",
                                "The bucket you are attempting to access must be addressed using the specified endpoint")
                        .whenDeploying());
        all.put("code bucket missing", account -> account.deployment()
                .deploy(Account.config("demo", "no-such-bucket")));
        all.put(
                "code bucket of somebody else",
                Trouble.upload(403, "AccessDenied", "Access Denied").whenDeploying());
    }

    private static void resources(Map<String, Trouble> all) {
        all.put(
                "access denied to a resource",
                resource(
                        "FunctionRole",
                        EVE + "iam:CreateRole on resource: arn:aws:iam::123456789012:role/demo-FunctionRole-1 with an"
                                + " explicit deny in a service control policy"));
        all.put(
                "bucket name taken",
                resource("Bucket", "demo-bucket-abc123 already exists (Service: S3, Status Code: 409, Request ID: 1)"));
        all.put(
                "quota exceeded, a resource",
                resource("FunctionRole", "Cannot exceed quota for RolesPerAccount: 1000 (Service: Iam)"));
        all.put(
                "unknown runtime",
                resource(
                        "ShellFunction",
                        "1 validation error detected: Value 'java99' at 'runtime' failed to satisfy constraint: Member"
                                + " must satisfy enum value set: [java21]"));
        all.put(
                "refused by CloudFormation's validation",
                whenAccount(account -> account.stacks().failValidationOfNext("CREATE", new String[] {
                            "ShellFunction",
                            "AWS::Lambda::Function",
                            "/Resources/ShellFunction/Properties/Runtime",
                            "#: java99 is not a valid enum value",
                            "FAIL"
                        }))
                        .whenDeploying());
        all.put(
                "layer not found",
                resource(
                        "ShellFunction",
                        "Layer version arn:aws:lambda:eu-west-1:123456789012:layer:tools:9 does not exist."));
        all.put(
                "layer of another account",
                resource(
                        "ShellFunction",
                        EVE + "lambda:GetLayerVersion on resource: arn:aws:lambda:eu-west-1:210987654321:layer:tools:1"
                                + " because no resource-based policy allows the lambda:GetLayerVersion action"));
        all.put("subnet not found", resource("ShellFunction", "The subnet ID 'subnet-1' does not exist"));
        all.put("security group not found", resource("ShellFunction", "The security group 'sg-1' does not exist"));
        all.put(
                "role without rights on the VPC",
                resource(
                        "ShellFunction",
                        "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"));
        all.put(
                "memory over the account's limit",
                resource(
                        "ShellFunction",
                        "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to"
                                + " 3008"));
        all.put("role that Lambda can't assume", account -> {
            for (String operation : new String[] {"CREATE", "UPDATE"}) {
                account.stacks()
                        .failNext(
                                operation,
                                "ShellFunction",
                                "The role defined for the function cannot be assumed by Lambda.");
            }
            account.deployment().deploy(Account.config("demo"));
        });
    }

    private static void invocations(Map<String, Trouble> all) {
        for (String reason : new String[] {
            "ConcurrentInvocationLimitExceeded",
            "FunctionInvocationRateLimitExceeded",
            "ReservedFunctionConcurrentInvocationLimitExceeded",
            "ReservedFunctionInvocationRateLimitExceeded",
            "CallerRateLimitExceeded",
            "ConcurrentSnapshotCreateLimitExceeded"
        }) {
            all.put("429 `" + reason + "`", throttle(reason));
        }
        all.put(
                "409, function pending",
                refusal(
                        409,
                        "ResourceConflictException",
                        "The operation cannot be performed at this time. The function is currently in the following"
                                + " state: Pending"));
        all.put("413", refusal(413, "RequestTooLargeException", "Request must be smaller than 6291456 bytes"));
        all.put(
                "function gone",
                refusal(404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:1:demo"));
        all.put(
                "access denied to invoke",
                refusal(
                        403,
                        "AccessDeniedException",
                        EVE + "lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:demo"
                                + " because no identity-based policy allows the lambda:InvokeFunction action"));
        all.put(
                "subnet out of addresses",
                refusal(
                        502,
                        "SubnetIPAddressLimitReachedException",
                        "Lambda could not set up VPC access because a subnet has no available IP addresses."));
        all.put(
                "network interfaces used up",
                refusal(
                        502,
                        "ENILimitReachedException",
                        "Lambda could not create a network interface, the limit is reached"));
        all.put("502 `EC2ThrottledException`", refusal(502, "EC2ThrottledException", "EC2 throttled Lambda"));
        all.put(
                "502 `EC2AccessDeniedException`",
                refusal(502, "EC2AccessDeniedException", "Need additional permissions to configure VPC settings"));
        all.put(
                "502 `InvalidSubnetIDException`",
                refusal(502, "InvalidSubnetIDException", "The subnet ID provided is not valid"));
        all.put(
                "502 `InvalidSecurityGroupIDException`",
                refusal(502, "InvalidSecurityGroupIDException", "The security group ID is not valid"));
        for (String code : new String[] {
            "KMSAccessDeniedException", "KMSDisabledException", "KMSInvalidStateException", "KMSNotFoundException"
        }) {
            all.put("502 `" + code + "`", refusal(502, code, "Lambda was unable to decrypt the environment variables"));
        }
        all.put(
                "502 `InvalidZipFileException`",
                refusal(502, "InvalidZipFileException", "Lambda could not unzip the deployment package"));
        all.put(
                "connection reset before the answer",
                fault(STREAM, Fault.resetBeforeTheAnswer()).whenInvoking());
        all.put("connection reset in the middle", account -> {
            account.aws().lambda().writesInChunks("first\n", "second\n");
            int first = account.aws().lambda().bytesOfFirstChunk();
            fault(STREAM, Fault.resetAfter(first)).whenInvoking().meet(account);
        });
        all.put(
                "server error without a reason",
                answer(STREAM, HttpAnswer.of(500, "application/json", "")).whenInvoking());
    }

    private static void functions(Map<String, Trouble> all) {
        all.put("function timeout", breakage("Sandbox.Timedout", "Task timed out after 3.00 seconds"));
        all.put("out of memory", breakage("Runtime.OutOfMemory", "Runtime exited with error: signal: killed"));
        all.put("killed runtime", breakage("Runtime.ExitError", "Runtime exited with error: signal: killed"));
        all.put("runtime exit", breakage("Runtime.ExitError", "Runtime exited with error: exit status 127"));
        all.put("init failure", breakage("Runtime.InvalidEntrypoint", "fork/exec /var/task/x: no such file"));
        all.put("extension that ended", breakage("Extension.Crash", "exit status 1"));
        all.put(
                "response changed on its way",
                plainly(answer -> new String(answer, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                        .whenInvoking());
        all.put(
                "runtime that can't stream",
                plainly(answer -> "{\"stdout\":\"hello\\n\",\"stderr\":\"\",\"exitCode\":0}"
                                .getBytes(StandardCharsets.UTF_8))
                        .whenInvoking());
        all.put(
                "response too large",
                breakage(
                        "Function.ResponseSizeTooLarge",
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."));
    }
}
