/**
 * How the log is written: named in {@code logback.xml}, called by nobody else. Imports no other
 * package of Capstan.
 */
@NullMarked
package dev.capstan.cli.log;

import org.jspecify.annotations.NullMarked;
