package io.github.lambdashell.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.target.InvocationReport;
import java.util.Locale;

/** Results for programs. Durations are in milliseconds, memory in MB. */
final class JsonReport {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** Returns the document. */
    static String of(CheckReport report) {
        try {
            return MAPPER.writeValueAsString(report(report)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON to a string", e);
        }
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
        }
        json.put("attempts", result.attempts());
        json.put("elapsedMillis", result.elapsed().toMillis());
        result.run().ifPresent(run -> run(run, json));
    }

    private static void run(CheckResult.Run run, ObjectNode json) {
        json.put("exitCode", run.exitCode());
        json.put("timedOut", run.timedOut());
        json.put("durationMillis", run.duration().toMillis());
        json.put("sandbox", run.sandbox());
        json.put("coldStart", run.coldStart());
        run.metrics().ifPresent(metrics -> metrics(metrics, json.putObject("metrics")));
        stream(run.stdout(), json.putObject("stdout"));
        stream(run.stderr(), json.putObject("stderr"));
        if (!run.stragglers().isEmpty()) {
            ArrayNode stragglers = json.putArray("stragglers");
            run.stragglers().processes().forEach(straggler -> stragglers.add(straggler));
        }
    }

    private static void metrics(InvocationReport metrics, ObjectNode json) {
        json.put("requestId", metrics.requestId());
        json.put("durationMillis", metrics.duration().toMillis());
        json.put("billedDurationMillis", metrics.billedDuration().toMillis());
        metrics.initDuration().ifPresent(init -> json.put("initDurationMillis", init.toMillis()));
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
