/**
 * A PostgreSQL that needs nothing installed, and the data folder it lives in. Imports {@code
 * database} only.
 */
@NullMarked
package dev.capstan.postgres.embedded;

import org.jspecify.annotations.NullMarked;
