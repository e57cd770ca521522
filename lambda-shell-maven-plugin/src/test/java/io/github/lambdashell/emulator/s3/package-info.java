/** An implementation of S3 with buckets and objects as private files. */
package io.github.lambdashell.emulator.s3;
