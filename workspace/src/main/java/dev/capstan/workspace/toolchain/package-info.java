/**
 * How a repository is built, tested and measured, found by reading it or told by its {@code
 * .capstan/config.yaml}. Nothing is started here but the probes of tools. Imports {@code core} and
 * Jackson.
 */
@NullMarked
package dev.capstan.workspace.toolchain;

import org.jspecify.annotations.NullMarked;
