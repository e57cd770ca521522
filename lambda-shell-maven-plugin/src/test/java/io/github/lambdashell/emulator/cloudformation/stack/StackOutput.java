package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * An output of a stack.
 *
 * @param key its name
 * @param value its value
 * @param description null if there is none
 */
public record StackOutput(String key, String value, String description) {}
