/** Where foreign code runs: the port, and its bubblewrap. Imports the JDK only. */
@NullMarked
package dev.capstan.sandbox;

import org.jspecify.annotations.NullMarked;
