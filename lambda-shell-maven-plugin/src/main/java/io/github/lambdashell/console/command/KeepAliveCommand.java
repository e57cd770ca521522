package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;

/** {@code :keepalive on} */
final class KeepAliveCommand extends ColonCommand {
    KeepAliveCommand() {
        super("keepalive", "[on | off]", "keep the sandbox while nothing is typed");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException {
        KeepAlive keepAlive = context.keepAlive();
        Screen screen = context.screen();
        switch (text) {
            case "on" -> {
                keepAlive.start();
                screen.print("on: " + keepAlive.cost());
            }
            case "off" -> {
                keepAlive.stop();
                screen.print("off: Lambda removes the sandbox after some minutes without a command");
            }
            case "" -> screen.print(keepAlive.isOn() ? "on: " + keepAlive.cost() : "off; on means " + keepAlive.cost());
            default -> throw wrongUsage("Must be 'on' or 'off', but is '" + text + "'");
        }
    }
}
