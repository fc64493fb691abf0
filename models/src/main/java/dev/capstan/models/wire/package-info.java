/** The protocols that agents and providers speak. Imports nothing of ours. */
@NullMarked
package dev.capstan.models.wire;

import org.jspecify.annotations.NullMarked;
