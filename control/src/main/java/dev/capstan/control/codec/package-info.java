/**
 * The stored form of events, tasks and run states: explicit versioned names, JSON bodies. Imports
 * {@code core} only.
 */
@NullMarked
package dev.capstan.control.codec;

import org.jspecify.annotations.NullMarked;
