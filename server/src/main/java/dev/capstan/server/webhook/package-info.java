/**
 * What CI and forges say of what was delivered: signed webhooks, reports of any CI, and how runs
 * are told. Imports {@code rest} and {@code wishes} of the edge.
 */
@NullMarked
package dev.capstan.server.webhook;

import org.jspecify.annotations.NullMarked;
