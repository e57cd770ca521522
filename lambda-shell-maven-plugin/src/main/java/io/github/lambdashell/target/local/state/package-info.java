/** What the local endpoint remembers: private files that survive the process and bear two processes at once. */
package io.github.lambdashell.target.local.state;
