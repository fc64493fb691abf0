/**
 * What worker and server say to each other, as values of ours. Imports {@code api}, {@code
 * control}.
 */
@NullMarked
package dev.capstan.worker.protocol;

import org.jspecify.annotations.NullMarked;
