/** A server for many people, in a process of its own. */
@NullMarked
package dev.capstan.cli.service;

import org.jspecify.annotations.NullMarked;
