package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * One output of a stack.
 *
 * @param key its name
 * @param value its value
 * @param description null where there is none
 */
public record StackOutput(String key, String value, String description) {}
