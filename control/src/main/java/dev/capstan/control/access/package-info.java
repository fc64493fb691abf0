/**
 * Who may do and see what: scopes, organisations, tokens and the audit, as ports. Imports {@code
 * core}.
 */
@NullMarked
package dev.capstan.control.access;

import org.jspecify.annotations.NullMarked;
