/**
 * What begins runs by itself: campaigns over many repositories. Imports {@code rest} of the edge.
 */
@NullMarked
package dev.capstan.server.campaign;

import org.jspecify.annotations.NullMarked;
