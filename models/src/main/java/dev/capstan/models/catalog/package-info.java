/**
 * Which models there are, where, and what they cost. Imports {@code core} and {@code models.wire}.
 */
@NullMarked
package dev.capstan.models.catalog;

import org.jspecify.annotations.NullMarked;
