/**
 * What is recorded beside the log, in SQL. Imports {@code control}, {@code core} and {@code
 * postgres.database}.
 */
@NullMarked
package dev.capstan.postgres.records;

import org.jspecify.annotations.NullMarked;
