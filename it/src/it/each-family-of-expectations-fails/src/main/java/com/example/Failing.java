package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A handler that fails as its event says. */
public class Failing {
    public void handleRequest(InputStream event, OutputStream response) throws IOException {
        String failure = new String(event.readAllBytes()).replace("\"", "");
        switch (failure) {
            case "throw":
                throw new IllegalStateException("no stock");
            case "exit":
                System.exit(3);
                break;
            case "loop":
                while (true) {
                    Thread.onSpinWait();
                }
            case "memory":
                List<byte[]> all = new ArrayList<>();
                while (true) {
                    all.add(new byte[1 << 20]);
                }
            case "thread":
                new Thread(() -> {
                            while (true) {
                                Thread.onSpinWait();
                            }
                        })
                        .start();
                break;
            case "large response":
                response.write(new byte[6_291_557]);
                return;
            case "large log":
                byte[] line = ("x".repeat(99) + "\n").getBytes();
                for (int i = 0; i < 1_000_000; i++) {
                    System.out.write(line);
                }
                break;
            default:
        }
        response.write(("\"" + failure + "\"").getBytes());
    }

    /** A handler whose constructor fails. */
    public static class Constructor extends Failing {
        public Constructor() {
            throw new IllegalStateException("no TABLE");
        }
    }
}
