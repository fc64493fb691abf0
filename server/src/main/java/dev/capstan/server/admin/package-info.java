/**
 * What admins do: tokens, organisations, the audit. Imports {@code server.auth}, {@code
 * server.rest}, {@code server.s3}, {@code control}, {@code api} and {@code core}.
 */
@NullMarked
package dev.capstan.server.admin;

import org.jspecify.annotations.NullMarked;
