package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;

/** {@code :keepalive on} */
final class KeepAliveCommand implements ColonCommand {
    private final KeepAlive keepAlive;
    private final Screen screen;

    KeepAliveCommand(KeepAlive keepAlive, Screen screen) {
        this.keepAlive = keepAlive;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "keepalive";
    }

    @Override
    public String arguments() {
        return "[on | off]";
    }

    @Override
    public String summary() {
        return "keep the sandbox, and with it /tmp, while nothing is typed; off at first";
    }

    @Override
    public void run(String arguments) throws InterruptedException {
        switch (arguments) {
            case "on" -> {
                keepAlive.start();
                screen.print("the sandbox is kept: " + keepAlive.cost());
            }
            case "off" -> {
                keepAlive.stop();
                screen.print("the sandbox is not kept: Lambda gives it up after some minutes without a command");
            }
            case "" ->
                screen.print(keepAlive.isOn() ? "on: " + keepAlive.cost() : "off; on would be " + keepAlive.cost());
            default -> throw Arguments.usage(this, "\"" + arguments + "\" is neither on nor off");
        }
    }
}
