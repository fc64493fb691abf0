/**
 * A server that answers as Qdrant documents it, for tests where the real one cannot be had. Imports
 * nothing but the JDK and JSON.
 */
@NullMarked
package dev.capstan.testkit.qdrant;

import org.jspecify.annotations.NullMarked;
