package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * A request to create a change set.
 *
 * @param name unique among its stack's
 * @param description null for none
 * @param isCreation whether it creates the stack instead of updating it
 * @param stack configuration of the stack after the execution
 */
public record ChangeSetRequest(String name, String description, boolean isCreation, StackRequest stack) {}
