/** Which store of vectors is used. Imports the adapters of vectors, and {@code knowledge}. */
@NullMarked
package dev.capstan.adapters.vectors;

import org.jspecify.annotations.NullMarked;
