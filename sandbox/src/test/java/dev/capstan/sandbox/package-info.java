/** Attacks on the fence, with the real bubblewrap. */
@NullMarked
package dev.capstan.sandbox;

import org.jspecify.annotations.NullMarked;
