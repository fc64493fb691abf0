/** A plan: the DAG of steps of a run, and what makes one acceptable. Imports {@code core} only. */
@NullMarked
package dev.capstan.core.plan;

import org.jspecify.annotations.NullMarked;
