/**
 * The graph of a tree: files, symbols, tests, documents and subsystems, and how they refer to each
 * other. Imports {@code knowledge}, its {@code parsing}, {@code resolving} and {@code index}.
 */
@NullMarked
package dev.capstan.knowledge.graph;

import org.jspecify.annotations.NullMarked;
