/**
 * The servers of an installation and the duties that one of them does for all, in PostgreSQL.
 * Imports {@code control} and {@code postgres.database}.
 */
@NullMarked
package dev.capstan.postgres.cluster;

import org.jspecify.annotations.NullMarked;
