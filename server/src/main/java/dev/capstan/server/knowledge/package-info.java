/**
 * The indexes of this server's projects, indexing in the background, and what is remembered of
 * finished steps. Imports {@code knowledge}, {@code workspace}, {@code control}, {@code models} and
 * {@code worker}.
 */
@NullMarked
package dev.capstan.server.knowledge;

import org.jspecify.annotations.NullMarked;
