package io.github.lambdashell.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.check.Samples;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.target.InvocationReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Results for programs. Durations are in milliseconds, memory in MB. */
final class JsonReport {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The maximum number of durations of invocations, in order. */
    private static final int MAX_DURATIONS = 1000;

    private JsonReport() {}

    /** Returns the document. */
    static String of(CheckReport report) {
        return text(report(report));
    }

    private static String text(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON to a string", e);
        }
    }

    /** Returns the document of a matrix. */
    static String of(MatrixReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("title", report.title());
        json.put("interrupted", report.interrupted());
        json.put("started", report.started().toString());
        json.put("elapsedMillis", report.elapsed().toMillis());
        for (Status status : Status.values()) {
            json.put(word(status), report.count(status));
        }
        ArrayNode environments = json.putArray("environments");
        for (MatrixReport.Column column : report.columns()) {
            ObjectNode one = environments.addObject();
            one.put("name", column.name());
            column.notRun().ifPresent(reason -> one.put("notRun", reason));
            one.put("failed", column.failed());
            one.set("report", report(column.report()));
        }
        return text(json);
    }

    private static ObjectNode report(CheckReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("title", report.title());
        ObjectNode environment = json.putObject("environment");
        report.environment().properties().forEach(environment::put);
        json.put("interrupted", report.interrupted());
        json.put("started", report.started().toString());
        json.put("elapsedMillis", report.elapsed().toMillis());
        for (Status status : Status.values()) {
            json.put(word(status), report.count(status));
        }
        ArrayNode checks = json.putArray("checks");
        report.results().forEach(result -> check(result, checks.addObject()));
        return json;
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static void check(CheckResult result, ObjectNode json) {
        json.put("name", result.check().name());
        json.put("place", result.check().place());
        json.put("command", result.check().command().shown());
        ArrayNode tags = json.putArray("tags");
        result.check().tags().stream().sorted().forEach(tags::add);
        json.put("status", word(result.status()));
        if (!result.reason().isEmpty()) {
            json.put("reason", result.reason());
        }
        ArrayNode violations = json.putArray("violations");
        for (Violation violation : result.violations()) {
            ObjectNode one = violations.addObject();
            one.put("text", violation.text());
            if (!violation.diff().isEmpty()) {
                one.put("diff", String.join("\n", violation.diff()));
            }
            if (!violation.hint().isEmpty()) {
                one.put("hint", violation.hint());
            }
            for (Violation.Change change : violation.changes()) {
                ObjectNode fact = one.withArray("changes").addObject();
                fact.put("group", change.group());
                fact.put("name", change.name());
                fact.put("before", change.before());
                fact.put("after", change.after());
            }
        }
        if (!result.captures().isEmpty()) {
            ObjectNode captures = json.putObject("captures");
            result.captures().forEach(captures::put);
        }
        json.put("attempts", result.attempts());
        json.put("elapsedMillis", result.elapsed().toMillis());
        result.run().ifPresent(run -> run(result.check(), run, json));
    }

    private static void run(Check check, CheckResult.Run run, ObjectNode json) {
        boolean isEvent = run.handler().isPresent();
        if (!isEvent) {
            json.put("exitCode", run.exitCode());
        }
        json.put("timedOut", run.timedOut());
        json.put("durationMillis", run.duration().toMillis());
        json.put("sandbox", run.sandbox());
        json.put("coldStart", run.coldStart());
        run.metrics().ifPresent(metrics -> metrics(metrics, json.putObject("metrics")));
        stream(run.stdout(), json.putObject(isEvent ? "response" : "stdout"));
        stream(run.stderr(), json.putObject(isEvent ? "log" : "stderr"));
        run.handler().ifPresent(handler -> handler(check, handler, json.putObject("handler")));
        if (!run.samples().isEmpty()) {
            samples(run.samples(), json.putArray("samples"));
            ArrayNode summary = json.putArray("sampleSummary");
            run.sampled().ifPresent(samples -> samples.lines().forEach(summary::add));
        }
        if (!run.stragglers().isEmpty()) {
            ArrayNode stragglers = json.putArray("stragglers");
            run.stragglers().processes().forEach(straggler -> stragglers.add(straggler));
        }
    }

    private static void samples(List<Samples.Sample> samples, ArrayNode json) {
        for (Samples.Sample sample : samples) {
            ObjectNode one = json.addObject();
            one.put("sandbox", sample.sandbox());
            one.put("coldStart", sample.coldStart());
            one.put("failed", sample.failed());
            ObjectNode facts = one.putObject("facts");
            sample.facts().forEach((fact, value) -> facts.put(fact.word(), value));
        }
    }

    private static void handler(Check check, HandlerResult result, ObjectNode json) {
        check.handler().ifPresent(handler -> {
            json.put("name", handler.name());
            json.put("snapStart", handler.snapStart());
        });
        json.put("pid", result.pid());
        result.init().ifPresent(init -> json.put("initMillis", millis(init)));
        result.restore().ifPresent(restore -> json.put("restoreMillis", millis(restore)));
        ObjectNode durations = json.putObject("durations");
        durations.put("count", result.durations().size());
        percentile("p50Millis", result, 50, durations);
        percentile("p95Millis", result, 95, durations);
        percentile("maxMillis", result, 100, durations);
        ArrayNode millis = durations.putArray("millis");
        result.durations().stream().limit(MAX_DURATIONS).forEach(duration -> millis.add(millis(duration)));
        json.put("failed", result.failed());
        ArrayNode errors = json.putArray("errors");
        for (HandlerResult.Error error : result.errors()) {
            ObjectNode one = errors.addObject();
            one.put("invocation", error.invocation());
            one.put("type", error.type());
            one.put("message", error.message());
            ArrayNode stackTrace = one.putArray("stackTrace");
            error.stackTrace().forEach(stackTrace::add);
        }
        if (result.maxMemoryBytes() > 0) {
            json.put("maxMemoryBytes", result.maxMemoryBytes());
        }
        result.growth().ifPresent(growth -> growth(growth, json.putObject("growth")));
        result.heapReason().ifPresent(reason -> json.put("heapReason", reason));
    }

    private static void percentile(String name, HandlerResult result, int percent, ObjectNode json) {
        Percentile.of(result.durations(), percent).ifPresent(duration -> json.put(name, millis(duration)));
    }

    private static void growth(HandlerResult.Growth growth, ObjectNode json) {
        json.put("descriptors", growth.descriptors());
        json.put("threads", growth.threads());
        json.put("tmpBytes", growth.tmpBytes());
        growth.heapBytes().ifPresent(heap -> json.put("heapBytes", heap));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static void metrics(InvocationReport metrics, ObjectNode json) {
        json.put("requestId", metrics.requestId());
        json.put("durationMillis", metrics.duration().toMillis());
        json.put("billedDurationMillis", metrics.billedDuration().toMillis());
        metrics.initDuration().ifPresent(init -> json.put("initDurationMillis", init.toMillis()));
        metrics.restoreDuration().ifPresent(restore -> json.put("restoreDurationMillis", restore.toMillis()));
        json.put("memorySizeMegabytes", metrics.memorySize());
        json.put("maxMemoryUsedMegabytes", metrics.maxMemoryUsed());
    }

    private static void stream(Excerpt excerpt, ObjectNode json) {
        json.put("bytes", excerpt.size());
        json.put("lines", excerpt.lines());
        json.put("bytesCut", excerpt.cut());
        json.put("binary", excerpt.binary());
        json.put("text", excerpt.text());
    }
}
