/**
 * Runs over gRPC: the same as REST has, by the same rules. Imports {@code rest}, {@code auth}, and
 * the modules below.
 */
@NullMarked
package dev.capstan.server.orchestration;

import org.jspecify.annotations.NullMarked;
