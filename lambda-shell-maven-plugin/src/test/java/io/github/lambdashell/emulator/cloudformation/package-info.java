/** CloudFormation: its operations as requests and answers. */
package io.github.lambdashell.emulator.cloudformation;
