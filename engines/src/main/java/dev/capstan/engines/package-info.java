/** What performs a step. Imports {@code core}, {@code sandbox} and {@code workspace}. */
@NullMarked
package dev.capstan.engines;

import org.jspecify.annotations.NullMarked;
