/** CloudFormation: its operations as requests and answers. */
package io.github.lambdashell.local.cloudformation;
