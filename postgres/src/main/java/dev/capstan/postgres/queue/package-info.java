/**
 * The queue in SQL. Imports {@code control}, {@code postgres.runs} for its signal, and {@code
 * postgres.database}.
 */
@NullMarked
package dev.capstan.postgres.queue;

import org.jspecify.annotations.NullMarked;
