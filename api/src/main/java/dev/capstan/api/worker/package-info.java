/** The messages of the protocol of workers, generated from {@code worker.proto}. */
@NullMarked
package dev.capstan.api.worker;

import org.jspecify.annotations.NullMarked;
