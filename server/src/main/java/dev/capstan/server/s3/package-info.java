/** Buckets of S3, and of what speaks its protocol. Imports nothing of Capstan. */
@NullMarked
package dev.capstan.server.s3;

import org.jspecify.annotations.NullMarked;
