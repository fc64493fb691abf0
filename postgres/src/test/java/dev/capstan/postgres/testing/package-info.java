/**
 * A real database for tests, of this module and others. Imports {@code embedded} and {@code
 * database}.
 */
@NullMarked
package dev.capstan.postgres.testing;

import org.jspecify.annotations.NullMarked;
