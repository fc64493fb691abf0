/**
 * The indexes of this server's projects, and indexing in the background. Imports {@code knowledge}
 * and {@code workspace}.
 */
@NullMarked
package dev.capstan.server.knowledge;

import org.jspecify.annotations.NullMarked;
