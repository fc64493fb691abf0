/**
 * Kills the real thing at random instants and looks from outside at what is left. May import every
 * module.
 */
@org.jspecify.annotations.NullMarked
package dev.capstan.cli.reliability;
