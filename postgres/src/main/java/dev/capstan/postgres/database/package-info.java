/**
 * A PostgreSQL database made ready for use: address, pool, migrations, transactions. Imports
 * nothing of ours.
 */
@NullMarked
package dev.capstan.postgres.database;

import org.jspecify.annotations.NullMarked;
