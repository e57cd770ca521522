package io.github.lambdashell.target.local.isolation;

import java.io.IOException;

/** The machine does not allow this isolation. The message is the reason. */
final class IsolationRefusedException extends IOException {
    IsolationRefusedException(String reason) {
        super(reason);
    }
}
