/** The condition on what is read for somebody, in SQL. Imports {@code control} and {@code core}. */
@NullMarked
package dev.capstan.postgres.access;

import org.jspecify.annotations.NullMarked;
