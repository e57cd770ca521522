/** Parsing, validation and evaluation of templates. */
package io.github.lambdashell.emulator.cloudformation.template;
