/**
 * A run told to people: the body of its pull request, its report in Markdown and in HTML. Imports
 * {@code core.evidence} only.
 */
@NullMarked
package dev.capstan.verification.rendering;

import org.jspecify.annotations.NullMarked;
