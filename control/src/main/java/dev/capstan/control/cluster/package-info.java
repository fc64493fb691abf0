/**
 * The servers of one installation, the workers that are connected to them, and the duties that one
 * of them does for all. Imports {@code control} and {@code core}.
 */
@NullMarked
package dev.capstan.control.cluster;

import org.jspecify.annotations.NullMarked;
