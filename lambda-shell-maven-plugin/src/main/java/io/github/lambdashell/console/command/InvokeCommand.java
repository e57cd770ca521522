package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.session.CommandResult;
import org.jline.utils.AttributedStyle;

/** {@code :invoke events/order.json} */
final class InvokeCommand extends ColonCommand {
    static final String NAME = "invoke";

    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    InvokeCommand() {
        super(NAME, "[-n N] [EVENT]", "pass a file, JSON or sample NAME to the handler");
    }

    @Override
    boolean takesLocalFile() {
        return true;
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException, DetachedException {
        ProjectHandler handler = context.session().handler().orElseThrow(EventArguments::noHandler);
        HandlerEvent event = context.events().read(text);
        Screen screen = context.screen();
        Transcript transcript = context.transcript();
        int exitCode = FAILED;
        context.exitCode().set(exitCode);
        EventOutput output = new EventOutput(
                transcript.begin((":" + NAME + " " + text).strip(), screen), screen.isOutputShown(), handler);
        try {
            CommandResult result;
            try {
                result = context.runner().pass(event, output);
            } finally {
                screen.endOutput();
            }
            show(result, output.result(context.runner().connect().secrets()), event, output, context);
            exitCode = result.interrupted() ? INTERRUPTED : result.exitCode();
        } finally {
            context.exitCode().set(exitCode);
            transcript.end(exitCode);
        }
    }

    private static void show(
            CommandResult result,
            HandlerResult handled,
            HandlerEvent event,
            EventOutput output,
            PromptContext context) {
        Screen screen = context.screen();
        for (EventOutput.Line line : output.errors(handled, event.invocations())) {
            print(line.text(), style(line.kind()), context);
        }
        if (result.interrupted()) {
            screen.note("Ctrl-C ended the handler's process; the next event or command starts it again");
        }
        for (String line : EventOutput.figures(handled, event.invocations())) {
            print("[" + line + "]", AttributedStyle.DEFAULT.faint(), context);
        }
        if (result.sandboxChanged()) {
            screen.note(ForegroundRunner.SANDBOX_CHANGED);
        }
    }

    private static AttributedStyle style(EventOutput.Kind kind) {
        return switch (kind) {
            case ERROR -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
            case FRAME -> AttributedStyle.DEFAULT;
            case OMITTED -> AttributedStyle.DEFAULT.faint();
        };
    }

    private static void print(String line, AttributedStyle style, PromptContext context) {
        context.screen().print(context.screen().styled(line, style));
        context.transcript().add(line);
    }
}
