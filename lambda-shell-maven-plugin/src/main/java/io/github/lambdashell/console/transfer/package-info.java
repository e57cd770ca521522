/** Transfers of files and directories between this machine and the sandbox. */
package io.github.lambdashell.console.transfer;
