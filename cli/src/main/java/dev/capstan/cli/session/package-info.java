/**
 * The way to a server: the one that runs, or one of our own. Imports {@code api} and {@code
 * server}.
 */
@NullMarked
package dev.capstan.cli.session;

import org.jspecify.annotations.NullMarked;
