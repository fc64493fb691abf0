/** Vectors in PostgreSQL with pgvector. Imports {@code knowledge} and {@code postgres.database}. */
@NullMarked
package dev.capstan.adapters.pgvector;

import org.jspecify.annotations.NullMarked;
