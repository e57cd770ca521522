package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** A package that can't be unpacked fails its function, and the stack's operation comes to an end. */
class BrokenPackageTest {
    private static final int FILE = 0100644;
    private static final int LINK = 0120777;
    private static final String TEMPLATE = """
            Parameters: {Key: {Type: String}}
            Resources:
              Fn:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: nodejs22.x
                  Handler: index.handler
                  Role: arn:aws:iam::000000000000:role/any
                  Code: {S3Bucket: codes, S3Key: !Ref Key}
            """;

    @TempDir
    private Path root;

    private StackFixture aws;

    @BeforeEach
    void start() throws IOException {
        aws = new StackFixture(root.resolve("state"));
        aws.s3.createBucket(request -> request.bucket("codes"));
        put("good", zip("index.js", FILE, "exports.handler = async () => 1"));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    /** @param method of PKWARE's list: deflated anew, in bzip2, Zstandard, XZ, and one that is none */
    @ParameterizedTest
    @CsvSource({"9", "12", "93", "95", "77"})
    void anotherMethodThanDeflateIsRefused(short method) throws IOException {
        byte[] zip = zip("index.js", FILE, "exports.handler = async () => 1");
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        fields.putShort(8, method);
        fields.putShort(fields.getInt(zip.length - 6) + 10, method);
        put("broken", zip);

        assertFails("Could not unzip uploaded file.");
    }

    @Test
    void aNameThatIsTooLongForThisMachineIsRefused() throws IOException {
        put("broken", zip("x".repeat(1000), FILE, "content"));

        assertFails(
                "The package has an entry that can't be written here: " + "x".repeat(200) + "... (File name too long)");
    }

    @Test
    void aLinkThatIsTooLongForThisMachineIsRefused() throws IOException {
        put("broken", zip("link", LINK, "a/".repeat(2100)));

        assertFails("The package has an entry that can't be written here: link (File name too long)");
    }

    @Test
    void aLinkToNothingIsRefused() throws IOException {
        put("broken", zip("link", LINK, ""));

        assertFails("The package has an entry that can't be written here: link");
    }

    private void assertFails(String reason) {
        assertThat(aws.create(TEMPLATE, "Key", "broken").stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(aws.cloudFormation
                        .describeStackEvents(request -> request.stackName(StackFixture.NAME))
                        .stackEvents())
                .anySatisfy(event -> {
                    assertThat(event.resourceStatusAsString()).isEqualTo("CREATE_FAILED");
                    assertThat(event.resourceStatusReason()).contains(reason);
                });
        aws.cloudFormation.deleteStack(request -> request.stackName(StackFixture.NAME));
        aws.await(aws.cloudFormation.listStacks().stackSummaries().get(0).stackId());

        assertThat(aws.create(TEMPLATE, "Key", "good").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
        assertThat(aws.update(TEMPLATE, "Key", "broken").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
    }

    private void put(String key, byte[] zip) {
        aws.s3.putObject(request -> request.bucket("codes").key(key), RequestBody.fromBytes(zip));
    }

    private static byte[] zip(String name, int mode, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(mode);
            zip.putArchiveEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
