/**
 * Traces by OpenTelemetry, the same in a server and in a worker of its own. Imports {@code control}
 * and {@code sandbox}.
 */
@NullMarked
package dev.capstan.worker.tracing;

import org.jspecify.annotations.NullMarked;
