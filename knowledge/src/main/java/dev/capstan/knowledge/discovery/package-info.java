/**
 * Which files of a tree may be indexed, and why others are not. Imports {@code knowledge} and
 * {@code workspace}.
 */
@NullMarked
package dev.capstan.knowledge.discovery;

import org.jspecify.annotations.NullMarked;
