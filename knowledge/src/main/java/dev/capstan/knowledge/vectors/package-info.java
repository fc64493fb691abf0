/**
 * Where the vectors of chunks are kept: the port, for the embedded index and for stores outside.
 * Imports nothing of Capstan.
 */
@NullMarked
package dev.capstan.knowledge.vectors;

import org.jspecify.annotations.NullMarked;
