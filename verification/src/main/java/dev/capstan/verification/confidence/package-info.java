/** How likely a person would accept a judged change. Imports {@code core.evidence}. */
@NullMarked
package dev.capstan.verification.confidence;

import org.jspecify.annotations.NullMarked;
