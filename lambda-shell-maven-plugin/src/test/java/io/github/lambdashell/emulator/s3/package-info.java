/** S3: buckets and objects as private files. */
package io.github.lambdashell.emulator.s3;
