/** Graphs in Neo4j, over Bolt. Imports {@code knowledge}. */
@NullMarked
package dev.capstan.adapters.neo4j;

import org.jspecify.annotations.NullMarked;
