package io.github.lambdashell.mojo;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.check.ready.ClassLoads;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.config.sam.SamFunction;
import io.github.lambdashell.run.DryRun;
import io.github.lambdashell.stack.LikeFunction;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.ExistingFunction;
import io.github.lambdashell.target.Target;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** The parameters of the goals that deploy a stack, always or only if there is none. */
abstract class AbstractDeployingMojo extends AbstractShellMojo {
    /**
     * Name or ARN of an existing function whose settings are copied: runtime, architecture, memory, timeout, size of /tmp,
     * layers, VPC, file system, log format, SnapStart, version or alias, and the names of its environment variables, where
     * this build does not configure them. What can't be copied is listed. The function is only read.
     */
    @Parameter(property = "lshell.like")
    private String like;

    /** Whether the function's environment variables are copied with their values; otherwise they are empty. */
    @Parameter(property = "lshell.likeValues", defaultValue = "false")
    private boolean likeValues;

    /**
     * A SAM or CloudFormation template, whose function's settings are taken over where this build does not configure them:
     * runtime, architecture, memory, timeout, size of /tmp, layers, environment variables and code. What is not known
     * before the template is deployed is listed. It has precedence over {@code like}.
     */
    @Parameter(property = "lshell.samTemplate")
    private File samTemplate;

    /** The function's logical ID in the template. Required if the template has several functions. */
    @Parameter(property = "lshell.samFunction")
    private String samFunction;

    /** The Lambda runtime. Defaults to the oldest Java runtime that runs the project's classes. */
    @Parameter(property = "lshell.runtime")
    private String runtime;

    /**
     * The content of /var/task beside the shell: a jar or zip file, or {@code none} for the shell alone. Defaults to the
     * package that the project would deploy: the one that a SAM template or Quarkus names, one that was built in addition
     * to the main artifact, or the main artifact with the runtime dependencies in lib/ unless it is shaded.
     */
    @Parameter(property = "lshell.codePath")
    private String codePath;

    /** The function's architecture, {@code x86_64} or {@code arm64}. Defaults to {@code x86_64}. */
    @Parameter(property = "lshell.architecture")
    private String architecture;

    /** The function's memory, 128 to 10240 MB, such as {@code 1024} or {@code 1GB}. Defaults to 512. */
    @Parameter(property = "lshell.memorySize")
    private String memorySize;

    /**
     * The timeout of one invocation, {@code 1s} to {@code 15m}; a plain number is in seconds. Defaults to {@code 60s}.
     */
    @Parameter(property = "lshell.timeout")
    private String timeout;

    /** The size of /tmp, 512 to 10240 MB, such as {@code 1024} or {@code 1GB}. Defaults to 512. */
    @Parameter(property = "lshell.ephemeralStorage")
    private String ephemeralStorage;

    /** The function's environment variables. */
    @Parameter
    private Map<String, String> environmentVariables;

    /** ARNs of layers, at most five. */
    @Parameter(property = "lshell.layers")
    private List<String> layers;

    /**
     * Replacements of layers for {@code target=local}: by the layer's name, as in its ARN, a folder or a zip file with its
     * content of /opt.
     */
    @Parameter
    private Map<String, String> localLayers;

    /** Subnets of the function's VPC. */
    @Parameter(property = "lshell.subnetIds")
    private List<String> subnetIds;

    /** Security groups in that VPC. */
    @Parameter(property = "lshell.securityGroupIds")
    private List<String> securityGroupIds;

    /** Tags of the stack and everything in it, in addition to the plugin's own. */
    @Parameter
    private Map<String, String> tags;

    /** ARN of the function's role. Defaults to a role that the stack creates. */
    @Parameter(property = "lshell.role")
    private String role;

    /** ARNs of policies for the role that the stack creates, which by itself may only write the function's log. */
    @Parameter(property = "lshell.managedPolicies")
    private List<String> managedPolicies;

    /** ARN of a permissions boundary for the role that the stack creates. */
    @Parameter(property = "lshell.permissionsBoundary")
    private String permissionsBoundary;

    /** An existing bucket for the code. Defaults to a bucket that the stack creates. */
    @Parameter(property = "lshell.codeBucket")
    private String codeBucket;

    /**
     * ARN of the KMS key that encrypts the stack's bucket, log group and environment variables. Defaults to keys that AWS
     * owns.
     */
    @Parameter(property = "lshell.kmsKey")
    private String kmsKey;

    /**
     * Time after which goals warn that the stack should be removed, for example {@code 8h} or {@code 7d}; a plain number
     * is in seconds.
     */
    @Parameter(property = "lshell.expiresAfter", defaultValue = "1d")
    private String expiresAfter;

    /**
     * Whether the stack deletes itself when it has expired, also if no goal runs any more. EventBridge Scheduler does this
     * with a role that may only delete this stack. Only for {@code target=aws}, and with an {@code expiresAfter} of at
     * least {@code 10m}.
     */
    @Parameter(property = "lshell.selfDestruct", defaultValue = "false")
    private boolean selfDestruct;

    /**
     * The project's own handler, as in a function's configuration, such as {@code com.example.App::handleRequest}. It runs
     * beside the shell, in a process of its own under Lambda's Java runtime, whose ID is {@code HANDLER_PID} in commands.
     * With {@code snapStart} it is part of the snapshot. Defaults to that of {@code samTemplate}, and otherwise to none.
     */
    @Parameter(property = "lshell.handler")
    private String handler;

    /**
     * Whether a version of the function is published after the deploy and invoked. Only for {@code target=aws}. Defaults to
     * {@code true} with {@code snapStart} and for a copy of a version or an alias ({@code like}), and otherwise to {@code
     * false}.
     */
    @Parameter(property = "lshell.publish")
    private Boolean publish;

    /**
     * Whether the published version has SnapStart, so that commands and the handler run in an environment that is restored
     * from a snapshot; implies {@code publish}. For the runtimes from {@code java11}, {@code python3.12} and {@code dotnet8}
     * on. With {@code target=local} no image of the memory is made: the handler starts as before a snapshot, and is restored
     * with the first event. Defaults to the setting of {@code samTemplate} or of a function that is copied ({@code like}),
     * and otherwise to {@code false}.
     */
    @Parameter(property = "lshell.snapStart")
    private Boolean snapStart;

    /**
     * The version or alias of a deployed function that is invoked. With {@code publish} or {@code snapStart}, an alias that is pointed to the
     * published version. Only for {@code target=aws}. Defaults to {@code $LATEST}, or the published version.
     */
    @Parameter(property = "lshell.qualifier")
    private String qualifier;

    @Inject
    private ProjectArtifact projectArtifact;

    /** The stack to deploy; null before the parameters are valid. */
    private StackPlan plan;

    /** The function to copy; none before it is read. */
    private ExistingFunction original = ExistingFunction.NONE;

    /** The template's function; null before it is read. */
    private Optional<SamFunction> ofTemplate;

    /** Returns the stack to deploy. */
    final StackPlan stackPlan(Problems problems) {
        FunctionSettings configured = settings(problems);
        samParameters().ifPresent(sam -> getLog().info(sam.taken()));
        problems.require(
                !selfDestruct || !isLocal(),
                "selfDestruct (lshell.selfDestruct) requires -Dlshell.target=aws; stacks of target=local are folders on"
                        + " this machine, which lshell:teardown removes");
        problems.require(like != null || !likeValues, "likeValues (lshell.likeValues) requires like (lshell.like)");
        // The copied settings, the package and the runtime are not known yet; the rest is validated now.
        FunctionSettings known = configured.complete(LambdaRuntimes.DEFAULT);
        StackRules.check(stackConfig(known, null, problems), problems);
        if (like == null) {
            StackRules.checkLocalLayers(localLayers(new Problems()).keySet(), known, problems);
        }
        plan = (target, variants) -> {
            Problems merged = new Problems();
            boolean hasRuntime = variants.stream()
                    .allMatch(variant -> variant.orElse(configured).runtime() != null);
            original = like == null
                    ? ExistingFunction.NONE
                    : new LikeFunction(like, likeValues).read(target, hasRuntime, progress());
            List<StackConfig> configs = withCode(configured.orElse(original.settings()), variants, merged);
            merged.throwIfAny();
            configs.stream()
                    .map(config -> version().copied(config.function()))
                    .flatMap(Optional::stream)
                    .distinct()
                    .forEach(progress()::step);
            return configs;
        };
        return plan;
    }

    /** Returns whether the goal needs a version or an alias that a new function does not have. */
    final boolean needsVersion() {
        return !isLocal() && version().needsExisting();
    }

    private VersionParameters version() {
        boolean ofTemplate =
                ofTemplate(new Problems()).filter(SamFunction::snapStart).isPresent();
        return new VersionParameters(publish, snapStart, qualifier, ofTemplate, original);
    }

    /** Returns the stack to deploy, as {@link #stackPlan} returned it. */
    final StackPlan plan() {
        return plan;
    }

    @Override
    void dryRun(Target target) {
        validate(target);
        super.dryRun(target);
    }

    /**
     * Validates the stack without deploying it.
     *
     * @throws ShellException if it can't be deployed
     */
    void validate(Target target) {
        DryRun.validate(target, plan.config(target), handlerName(new Problems()));
    }

    /** Returns the function's environment variables, without those of a function to copy. */
    final Map<String, String> variables() {
        return settings(new Problems()).environmentVariables();
    }

    /** Returns the request for the stack that the goal uses. */
    final StackLease.Request lease(StackPlan plan, Target target, boolean keep) {
        return lease(plan.config(target), keep);
    }

    /** Returns the request for a stack. */
    final StackLease.Request lease(StackConfig config, boolean keep) {
        return new StackLease.Request(config, settings(new Problems()), keep, home());
    }

    /** Returns the settings that this build configures: its parameters, completed by the template's function. */
    private FunctionSettings settings(Problems problems) {
        return parameters(problems)
                .orElse(ofTemplate(problems).map(SamFunction::settings).orElse(FunctionSettings.NONE));
    }

    /** Returns the function of {@code samTemplate}; empty if there is none. */
    final Optional<SamFunction> ofTemplate(Problems problems) {
        if (ofTemplate == null) {
            ofTemplate = SamParameters.read(samTemplate, samFunction, region(), isLocal(), problems);
        }
        return ofTemplate;
    }

    /** Returns the name of the project's handler; empty if none is configured. */
    final Optional<String> handlerName(Problems problems) {
        problems.require(
                handler == null || handler.matches(ClassLoads.HANDLER),
                "handler (lshell.handler) must be " + ClassLoads.HANDLER_RULE + ", but is "
                        + (handler == null ? "" : Text.apostrophes(handler)));
        return Optional.ofNullable(handler).or(() -> javaFunction(problems).map(SamFunction::handler));
    }

    /** Returns whether handlers start as before a snapshot. */
    final boolean snapStart(Problems problems) {
        return snapStart == null
                ? javaFunction(problems).filter(SamFunction::snapStart).isPresent()
                : snapStart;
    }

    /** Returns whether the handler is only the template's, which commands do not need beside them. */
    final boolean isHandlerOfTemplate() {
        return handler == null;
    }

    /** Returns the template's function if its handler is Java's; that of another runtime does not run beside the shell. */
    final Optional<SamFunction> javaFunction(Problems problems) {
        return ofTemplate(problems)
                .filter(function -> function.settings().runtime() == null
                        || LambdaRuntimes.isJava(function.settings().runtime()));
    }

    private Optional<SamParameters> samParameters() {
        return ofTemplate(new Problems())
                .map(function -> new SamParameters(function, parameters(new Problems()), codePath));
    }

    private FunctionSettings parameters(Problems problems) {
        return new FunctionSettings(
                runtime,
                architecture,
                ParameterValues.megabytes("memorySize", memorySize, problems),
                timeout == null ? null : duration("timeout", timeout, DurationText.SHORT, problems),
                ParameterValues.megabytes("ephemeralStorage", ephemeralStorage, problems),
                ParameterValues.withValues("environmentVariables", environmentVariables, problems),
                ParameterValues.orNull(layers),
                ParameterValues.orNull(subnetIds),
                ParameterValues.orNull(securityGroupIds),
                null);
    }

    /** Returns variants of a stack with the project's package, and with the runtime for it if none is configured. */
    private List<StackConfig> withCode(FunctionSettings settings, List<FunctionSettings> variants, Problems problems) {
        String known =
                Objects.requireNonNullElse(variants.get(0).orElse(settings).runtime(), LambdaRuntimes.DEFAULT);
        ProjectCode code = code(known, problems);
        warnOfTemplate(code);
        ProjectArtifact.outdated(code, session().getCurrentProject()).ifPresent(getLog()::warn);
        boolean isDerived =
                variants.stream().anyMatch(variant -> variant.orElse(settings).runtime() == null);
        String runtime = isDerived ? derivedRuntime(code) : known;
        return variants.stream()
                .map(variant -> variant.orElse(settings).complete(runtime))
                .map(function -> {
                    ProjectCode own = function.runtime().equals(runtime) ? code : code(function.runtime(), problems);
                    StackConfig config = stackConfig(function, own, problems);
                    StackRules.check(config, problems);
                    StackRules.checkLocalLayers(localLayers(new Problems()).keySet(), function, problems);
                    return config;
                })
                .toList();
    }

    private ProjectCode code(String runtime, Problems problems) {
        ProjectCode code = projectArtifact.find(codePath, ofTemplate(problems).orElse(null), runtime, session());
        if (code != null && !requiresCode() && !Files.exists(code.archive()) && codePath == null) {
            getLog().warn(code.archive()
                    + " is not built, so a new stack holds the shell alone; run mvn package first, or"
                    + " set -Dlshell.codePath=none");
            return null;
        }
        return code;
    }

    /** Returns the files of the build that the deployed package is compared with. */
    final BuildFiles buildFiles() {
        SamFunction function = ofTemplate(new Problems()).orElse(null);
        String known = Objects.requireNonNullElse(settings(new Problems()).runtime(), LambdaRuntimes.DEFAULT);
        return projectArtifact.buildFiles(codePath, function, known, session());
    }

    /** Warns of values of the template that are not known, and of Java versions that differ from it. */
    private void warnOfTemplate(ProjectCode code) {
        MavenProject project = session().getCurrentProject();
        samParameters().ifPresent(sam -> {
            sam.unknown(original.settings(), code, project.getBasedir()).ifPresent(getLog()::warn);
            sam.javaVersions(project, code).ifPresent(getLog()::warn);
        });
    }

    private String derivedRuntime(ProjectCode code) {
        MavenProject project = session().getCurrentProject();
        if (project.getBasedir() == null) {
            return LambdaRuntimes.DEFAULT;
        }
        DerivedRuntime derived =
                DerivedRuntime.of(project, Optional.ofNullable(code).map(ProjectCode::archive));
        progress().step("Runtime " + derived.runtime() + ": " + derived.reason());
        return derived.runtime();
    }

    /** Returns whether a stack without the project's package is useless, if the project has one. */
    boolean requiresCode() {
        return true;
    }

    private StackConfig stackConfig(FunctionSettings function, ProjectCode code, Problems problems) {
        return new StackConfig(
                stackName(),
                version().withHandler(function, isLocal() ? Optional.empty() : handlerName(new Problems())),
                code,
                ParameterValues.withValues("tags", tags, problems),
                role,
                ParameterValues.orEmpty(managedPolicies),
                permissionsBoundary,
                codeBucket,
                kmsKey,
                duration("expiresAfter", expiresAfter, DurationText.LONG, problems),
                selfDestruct,
                version().publishes(function),
                version().hasSnapStart(function),
                version().qualifier(function),
                original.jsonLog().orElse(null));
    }

    @Override
    final Map<String, Path> localLayers(Problems problems) {
        File directory = session().getCurrentProject().getBasedir();
        Path base = Path.of(directory == null ? "" : directory.getPath());
        Map<String, Path> found = new TreeMap<>();
        // The template's layers are used only if the build itself configures none.
        if (ParameterValues.orNull(layers) == null) {
            ofTemplate(problems).ifPresent(function -> found.putAll(function.localLayers()));
        }
        ParameterValues.withValues("localLayers", localLayers, problems)
                .forEach((name, path) -> found.put(name, base.resolve(path)));
        return found;
    }
}
