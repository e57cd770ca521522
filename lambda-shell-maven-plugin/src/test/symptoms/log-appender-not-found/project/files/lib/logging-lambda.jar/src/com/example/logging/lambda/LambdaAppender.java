package com.example.logging.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.example.logging.Appender;

public final class LambdaAppender implements Appender {
    @Override
    public String name() {
        return "Lambda";
    }

    @Override
    public void append(String message) {
        LambdaRuntime.getLogger().log(message + "\n");
    }
}
