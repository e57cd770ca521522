/** SDK clients for a target, and the SDK's failures as problem and remedy. */
package io.github.lambdashell.aws;
