/**
 * What a change takes away from the tests: deleted, skipped, loosened. Imports {@code core} and the
 * parser only.
 */
@NullMarked
package dev.capstan.verification.dilution;

import org.jspecify.annotations.NullMarked;
