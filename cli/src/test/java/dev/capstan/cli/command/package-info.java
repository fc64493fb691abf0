/** Tests of commands that need no server. */
@NullMarked
package dev.capstan.cli.command;

import org.jspecify.annotations.NullMarked;
