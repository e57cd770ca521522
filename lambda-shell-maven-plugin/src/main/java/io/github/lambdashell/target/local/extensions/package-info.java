/**
 * Lambda's Extensions API (version 2020-01-01) and Telemetry API (version 2022-07-01), served on the address of the Runtime
 * API. Without extensions, nothing of this takes time.
 */
package io.github.lambdashell.target.local.extensions;
