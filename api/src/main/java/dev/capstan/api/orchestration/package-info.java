/** The messages by which programs lead runs over gRPC, generated. Imports nothing. */
@NullMarked
package dev.capstan.api.orchestration;

import org.jspecify.annotations.NullMarked;
