package io.github.lambdashell.emulator.cloudformation.stack;

/**
 * What a caller wants a change set to be.
 *
 * @param name unique among its stack's
 * @param description null for none
 * @param isCreation whether it is to make the stack, or to change one that there is
 * @param stack what the stack is to become
 */
public record ChangeSetRequest(String name, String description, boolean isCreation, StackRequest stack) {}
