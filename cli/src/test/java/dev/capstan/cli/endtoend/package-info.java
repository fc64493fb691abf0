/**
 * The whole product in one process: server, embedded PostgreSQL, worker, sandbox and command line.
 * Imports whatever the command line may, and JUnit.
 */
@NullMarked
package dev.capstan.cli.endtoend;

import org.jspecify.annotations.NullMarked;
