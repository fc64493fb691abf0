/**
 * The messages by which programs lead runs over gRPC, generated from {@code orchestration.proto}.
 */
@NullMarked
package dev.capstan.api.orchestration;

import org.jspecify.annotations.NullMarked;
