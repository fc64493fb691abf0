/** Servers of others, as processes. Imports nothing but the JDK. */
@NullMarked
package dev.capstan.testkit.process;

import org.jspecify.annotations.NullMarked;
