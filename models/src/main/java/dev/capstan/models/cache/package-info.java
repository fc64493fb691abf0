/**
 * Answers that are used again. Imports {@code core}, {@code models.catalog}, {@code
 * models.records}, {@code models.upstream} and {@code models.wire}.
 */
@NullMarked
package dev.capstan.models.cache;

import org.jspecify.annotations.NullMarked;
