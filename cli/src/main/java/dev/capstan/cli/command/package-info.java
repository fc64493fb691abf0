/** One class for each command. Imports {@code api}, {@code cli.session} and {@code cli.view}. */
@NullMarked
package dev.capstan.cli.command;

import org.jspecify.annotations.NullMarked;
