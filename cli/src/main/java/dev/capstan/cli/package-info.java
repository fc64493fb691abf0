/** The command line. Imports {@code api}, and {@code server} only to start one. */
@NullMarked
package dev.capstan.cli;

import org.jspecify.annotations.NullMarked;
