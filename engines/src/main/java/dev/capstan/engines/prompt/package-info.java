/** What models are asked, from templates with a version. Imports nothing. */
@NullMarked
package dev.capstan.engines.prompt;

import org.jspecify.annotations.NullMarked;
