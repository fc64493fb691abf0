/** The records of REST and its event stream. Imports the JDK only. */
@NullMarked
package dev.capstan.api;

import org.jspecify.annotations.NullMarked;
