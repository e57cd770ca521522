package io.github.lambdashell.console.command;

import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.session.ShellSession;
import java.util.List;

/** {@code :handler com.example.App::handleRequest} */
final class HandlerCommand extends ColonCommand {
    HandlerCommand() {
        super("handler", "[NAME]", "show or set the handler that :invoke passes events to");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException {
        ShellSession session = context.session();
        List<String> words = words(text, 0, 1);
        if (!words.isEmpty()) {
            boolean snapStart =
                    session.handler().filter(ProjectHandler::snapStart).isPresent();
            session.setHandler(new ProjectHandler(words.get(0), snapStart));
        }
        context.screen()
                .print(session.handler()
                        .map(handler -> handler.name()
                                + (handler.snapStart() ? ", with SnapStart" : "")
                                + (words.isEmpty() ? "" : "; its process starts with the next command or event"))
                        .orElse("none; set one with " + usage()));
    }
}
