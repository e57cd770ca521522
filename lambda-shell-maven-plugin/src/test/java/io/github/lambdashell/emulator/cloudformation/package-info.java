/** The operations of CloudFormation as requests and responses. */
package io.github.lambdashell.emulator.cloudformation;
