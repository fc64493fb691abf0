/** Vectors in Qdrant. Imports {@code adapters.http} and {@code knowledge}. */
@NullMarked
package dev.capstan.adapters.qdrant;

import org.jspecify.annotations.NullMarked;
