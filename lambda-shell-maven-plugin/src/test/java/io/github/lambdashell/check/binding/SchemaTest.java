package io.github.lambdashell.check.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.lambdashell.check.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** The JSON Schema of a commandsFile beside the parser. */
class SchemaTest {
    private static final Path FILE = Path.of("src/main/resources/lshell-commands.schema.json");

    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(CommandsSchema.text());
    }

    @Test
    void theFileIsTheSchemaOfTheVocabulary() throws IOException {
        String generated = CommandsSchema.text();
        if (Boolean.getBoolean("lshell.writeSchema")) {
            Files.writeString(FILE, generated);
        }

        assertThat(FILE)
                .as("the vocabulary's schema; write it with -Dtest=SchemaTest -Dlshell.writeSchema=true")
                .hasContent(generated);
    }

    private static List<Error> validate(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }

    @Test
    void theSchemaAcceptsWhatTheParserAccepts() throws Exception {
        String every = """
                $schema: https://example.com/lshell-commands.schema.json
                redactions: {id: '[0-9a-f]+'}
                commands:
                  - name: every word
                    run: "true"
                    exitCode: {ge: 0, le: 3}
                    stdout:
                      contains: [a, 1]
                      notContains: b
                      matches: ^a
                      notMatches: [^b, c$]
                      lineCount: {lt: 10}
                      value: {pattern: 'a(\\d)', equals: 1, matches: '\\d', gt: 0, ge: 1, lt: 2.5, le: 2, versionRange: "[1,2)"}
                      jsonPath: [{path: $.a, equals: true}, {path: $.b, gt: -3}]
                    stderr: {value: {matches: x}}
                    output: {equals: "x"}
                    files:
                      - {path: /tmp/x, exists: true, type: file, mode: "0644", owner: root, group: 0, size: 3, contains: x}
                      - path: /tmp/y
                        size: {gt: 1KB, lt: 2MB}
                        sha256: 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03
                      - {path: /tmp/z, exists: false}
                      - {path: /tmp/**, count: 3, totalSize: {lt: 1MB}}
                    metrics:
                      coldStart: true
                      initDuration: {lt: 1.5s}
                      billedDuration: {le: 500ms}
                      maxMemoryUsed: {lt: 256MB}
                    environmentVariables: {A: 1, B: "", C: null}
                    workingDirectory: /tmp
                    stdin: in
                    timeout: 5s
                    maxDuration: 3s
                    retries: 2
                    retryDelay: 10ms
                    setup: [a, b]
                    teardown: c
                    skip: false
                    tags: [slow, 21]
                    capture:
                      version: {pattern: 'version "([^"]+)', from: stderr}
                      id: {jsonPath: $.id}
                      all: {from: output}
                    when:
                      target: [local, aws]
                      runtime: [java21, python*]
                      architecture: x86_64
                      isolation: full
                      environment: {CI: true, STAGE: [test, prod-*]}
                      property: {skip.slow: "*"}
                    waive: {until: 2027-01-31, reason: the new image is not there yet}
                  - name: a user of captures
                    when: {runtime: [java21, python*], target: [local, aws], architecture: x86_64, isolation: full, environment: {CI: true, STAGE: [test, prod-*]}, property: {skip.slow: "*"}}
                    run: echo "${{version}}"
                    workingDirectory: ${{all}}
                    environmentVariables: {ID: "${{ id }}"}
                    stdin: in ${{id}}
                    setup: touch "${{id}}"
                    stdout:
                      contains: ${{id}}
                      matches: ^${{id}}$
                      value: {pattern: 'x(${{id}})', equals: "${{id}}", ge: "${{id}}", versionRange: "[${{version}},)"}
                    files: {path: "/tmp/${{id}}", owner: "${{id}}"}
                  - nativeLibraries:
                  - {name: without the GPU, nativeLibraries: {ignore: [libcuda.so.1, libnv*]}}
                  - {classLoads: com.example.Handler, timeout: 20s, retries: 1, stdout: {contains: ok}, stderr: {empty: true}}
                  - classLoads:
                      - {handler: com.example.Handler, depth: 3, ignore: [com.sun.jna.*, 'com.example.A$B']}
                      - {class: com.example.Order}
                  - classLoads: ['com.example.Handler::handleRequest', 'com.example.Outer$Inner']
                  - classPath: {}
                  - {name: an old jar, classPath: {ignore: [com.example.*, 'org.slf4j:slf4j-api', /var/task/lib/old.jar]}}
                  - loadsLibrary: [tesseract, /opt/lib/libfast.so, {library: c, by: jna}, {class: com.example.Own, method: load}]
                  - writable: [/tmp, /mnt/data]
                  - readable: /var/task/**
                  - executable: [/var/task/bootstrap, /opt/bin/*]
                  - reachable: db.example.com:5432
                  - reachable: ["[::1]:443", {address: queue.example.com:5671, within: 500ms}]
                  - jvm:
                      property: [{name: file.encoding, equals: UTF-8}, {name: java.version, versionRange: "[21,)"}]
                      option: {name: UseSerialGC, equals: true}
                      maxHeap: {ge: 400MB, le: 1GB}
                      gc: Serial
                      timeZone: {matches: ^Europe/}
                      locale: en-US
                      charset: UTF-8
                      fonts: true
                      agents: [opentelemetry-javaagent, trace*]
                      cds: true
                  - jvm: {maxHeap: 512, agents: none}
                  - tls: [db.example.com:443, {address: "[::1]:443", protocol: TLSv1.3, ip: v6, within: 3s}]
                  - tls: {address: "db:443", protocol: {ge: TLSv1.2}, expiresIn: {ge: 14d, lt: 9600h}}
                  - {identity: orders-*, maxDuration: 3s}
                  - identity: arn:aws:iam::123456789012:role/service/orders
                  - {run: exit 3, exitCode: any, stdout: x}
                  - {run: cat /proc/$HANDLER_PID/limits, handler: com.example.App, snapStart: false}
                  - name: an event
                    handler: com.example.App::handleRequest
                    snapStart: true
                    event: {orderId: 1, items: [[1.50, true, null], {}]}
                    clientContext: {client: {installation_id: x}}
                    cognitoIdentity: '{"identityId": "x"}'
                    invocations: 200
                    warmup: 20
                    response: {jsonPath: {path: $.statusCode, equals: 200}}
                    log: {notContains: [SLF4J(W), ClassNotFoundException]}
                    error: none
                    handlerInit: {le: 3s}
                    restoreDuration: {le: 500ms}
                    duration: {max: {lt: 1s}, p50: {le: 1.5ms}, p95: {le: 50ms}}
                    maxMemory: {le: 200MB}
                    growth: {descriptors: 2, threads: {le: 2}, tmp: {le: 1MB}, heap: {le: 5MB}}
                    capture: {order: {jsonPath: $.id}, entry: {from: log, pattern: 'id (.*)'}}
                    files: {path: /tmp/orders, exists: false}
                    metrics: {billedDuration: {le: 60s}}
                    setup: a
                    timeout: 3s
                    retries: 1
                    isolate: true
                    tags: handler
                  - {name: an error, handler: com.example.App, event: '""', error: {type: java.lang.IllegalStateException, message: {contains: x}, stackTrace: {contains: com.example}}}
                  - {handler: com.example.App, event: [1, "${{order}}"], response: "1", log: {empty: true}}
                  - {run: exit 4, exitCode: 4}
                  - uname -a
                  - {run: exit 5, exitCode: 5, timeout: 60, maxDuration: 0.5 m, retries: 1, retryDelay: "1"}
                  - {run: exit 6, exitCode: 6, metrics: {initDuration: {lt: 500}, maxMemoryUsed: {lt: 512 mb, gt: 1}}}
                  - {run: exit 7, exitCode: 7, metrics: {billedDuration: {lt: 1d}}}
                """;

        assertThat(validate(every)).isEmpty();
        assertThatNoException().isThrownBy(() -> Checks.read(every));
        assertThat(validate("- run: \"true\"")).isEmpty();
        assertThat(validate("- uname -a")).isEmpty();
        String extended = "x-a: &a {stdout: x}\ncommands: [{run: echo x, stdout: x}]";
        assertThat(validate(extended)).isEmpty();
        assertThatNoException().isThrownBy(() -> Checks.read(extended));
    }

    @Test
    void theSchemaRejectsEveryProblemThatASchemaCanExpress() {
        List<String> passed = new ArrayList<>();
        for (MalformedCases.Case wrong : MalformedCases.all()) {
            try {
                if (validate(wrong.file()).isEmpty()) {
                    passed.add(wrong.title());
                }
            } catch (JacksonException e) {
                assertThat(wrong.problems()).as("neither is YAML").hasSize(1);
            }
        }

        assertThat(passed)
                .containsExactlyInAnyOrder(
                        "one word twice",
                        "a missing script",
                        "an empty script",
                        "a script that is not text",
                        "two commands of one name",
                        "two commands without a name that run the same",
                        "a name over two lines",
                        "contradictory bounds of an exit code",
                        "a check that asserts nothing",
                        "an invalid regular expression",
                        "several invalid regular expressions",
                        "the full output twice",
                        "an output that contradicts other expectations",
                        "an empty output that contradicts a match",
                        "a text that is both required and forbidden",
                        "an expression that is both required and forbidden",
                        "a missing golden file",
                        "a golden file that is a directory",
                        "a golden file that is not text",
                        "a range with its bounds exchanged",
                        "an equals that a bound excludes",
                        "an invalid JSONPath",
                        "a missing file with a size",
                        "a number of files of a path without wildcards",
                        "a number of files that must not exist",
                        "a duration of zero",
                        "a timeout above Lambda's limit",
                        "a very long duration",
                        "a maxDuration above the timeout",
                        "JSON with a key twice",
                        "an initialization of a warm sandbox",
                        "a plain number of seconds above Lambda's limit",
                        "a duration where a size belongs, and a size where a duration belongs",
                        "contradictory bounds of metrics",
                        "contradictory bounds of a size",
                        "bounds of an event that contradict each other",
                        "a redaction with an invalid expression",
                        "a NUL in a command",
                        "an alias without an anchor",
                        "an alias inside of its own anchor",
                        "an alias of a list in a list",
                        "an event without a handler",
                        "a missing event",
                        "an event that is a directory",
                        "an event that is not JSON",
                        "an unknown sample event",
                        "an event with a key twice",
                        "a reference to a capture that is misspelt",
                        "a reference to an unknown capture",
                        "references without any capture",
                        "a reference to the check's own capture",
                        "a reference to a capture of a later check",
                        "a reference to a capture of a check that is skipped",
                        "a reference to a capture of a check with other conditions",
                        "two captures of one name",
                        "a reference in a name",
                        "a reference that is not a name",
                        "a capture by pattern and JSONPath",
                        "a captured stream of an event in a command",
                        "a capture with an invalid expression",
                        "an unknown runtime of a condition",
                        "a waiver until a day that does not exist");
    }
}
