/**
 * An account: what a run, a project or an installation may spend. Read {@link
 * dev.capstan.core.account.Account}, {@link dev.capstan.core.account.AccountCommand}, {@link
 * dev.capstan.core.account.AccountEvent}, {@link dev.capstan.core.account.AccountDecider} from top
 * to bottom. Imports {@code core} only.
 */
@NullMarked
package dev.capstan.core.account;

import org.jspecify.annotations.NullMarked;
