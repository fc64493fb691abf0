/**
 * REST and its event stream: parse, authorise, call one service method, render. Imports {@code api}
 * and {@code control}.
 */
@NullMarked
package dev.capstan.server.rest;

import org.jspecify.annotations.NullMarked;
