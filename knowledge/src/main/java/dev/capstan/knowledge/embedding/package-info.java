/**
 * Turns text into vectors that are near each other when their meaning is. Imports nothing of
 * Capstan.
 */
@NullMarked
package dev.capstan.knowledge.embedding;

import org.jspecify.annotations.NullMarked;
