/**
 * Runs in SQL: the log, the states, and the tasks that follow. Imports {@code control}, {@code
 * core} and {@code postgres.database}.
 */
@NullMarked
package dev.capstan.postgres.runs;

import org.jspecify.annotations.NullMarked;
