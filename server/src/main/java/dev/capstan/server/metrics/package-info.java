/**
 * What is measured of this server, from outside of what it measures: decorators of ports,
 * listeners, and one statement at each scrape. Imports {@code control}, {@code postgres} and {@code
 * server.auth}.
 */
@NullMarked
package dev.capstan.server.metrics;

import org.jspecify.annotations.NullMarked;
