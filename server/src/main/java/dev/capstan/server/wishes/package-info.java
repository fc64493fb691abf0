/**
 * Runs that are asked for and begun by the server: campaigns, templates, triggers. Imports {@code
 * rest} of the edge.
 */
@NullMarked
package dev.capstan.server.wishes;

import org.jspecify.annotations.NullMarked;
