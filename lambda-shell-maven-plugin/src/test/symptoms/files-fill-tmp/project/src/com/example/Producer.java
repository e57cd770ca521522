package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client whose program is extracted to /tmp. */
final class Producer {
    Producer() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "producer-");
        Files.write(folder.resolve("program"), new byte[1024 * 1024]);
    }

    String send(Object records) {
        return "sent " + records;
    }
}
