/**
 * The loop: load, decide, append, react; and the ports to the store that it needs. Imports {@code
 * core} only.
 */
@NullMarked
package dev.capstan.control;

import org.jspecify.annotations.NullMarked;
