/**
 * What was measured of a commit and what it means against the base. Imports {@code core} and the
 * packages below, {@code rendering} excepted.
 */
@NullMarked
package dev.capstan.verification;

import org.jspecify.annotations.NullMarked;
