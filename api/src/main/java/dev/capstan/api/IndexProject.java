package dev.capstan.api;

/**
 * What of a project is to be indexed.
 *
 * @param ref a branch, a tag or a commit; "" for the default branch
 * @param workTree true for the files as they lie in the folder that the project was registered
 *     with, with all that is not committed; only for the owner of the machine
 */
public record IndexProject(String ref, boolean workTree) {}
