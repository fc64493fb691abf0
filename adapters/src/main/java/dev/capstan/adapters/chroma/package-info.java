/** Vectors in Chroma. Imports {@code adapters.http} and {@code knowledge}. */
@NullMarked
package dev.capstan.adapters.chroma;

import org.jspecify.annotations.NullMarked;
