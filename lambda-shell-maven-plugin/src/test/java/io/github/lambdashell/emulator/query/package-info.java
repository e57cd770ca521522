/** AWS's Query protocol: an action and its parameters as a form, the answer as XML. */
package io.github.lambdashell.emulator.query;
