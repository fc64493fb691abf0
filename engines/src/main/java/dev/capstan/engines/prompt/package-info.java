/**
 * What models are asked, from templates with a version; golden sets of them. Imports {@code core}
 * and the port of engines.
 */
@NullMarked
package dev.capstan.engines.prompt;

import org.jspecify.annotations.NullMarked;
