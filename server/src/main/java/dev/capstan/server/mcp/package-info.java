/**
 * What other programs' agents may ask, over the Model Context Protocol. Imports {@code rest},
 * {@code auth}, {@code knowledge}, and the modules below.
 */
@NullMarked
package dev.capstan.server.mcp;

import org.jspecify.annotations.NullMarked;
