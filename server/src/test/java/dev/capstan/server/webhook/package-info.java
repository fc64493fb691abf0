/** Bodies and signatures of webhooks. */
@NullMarked
package dev.capstan.server.webhook;

import org.jspecify.annotations.NullMarked;
