package dev.capstan.verification.report;

/**
 * One issue as a tool reported it.
 *
 * @param line from 1; 0 if it is about the whole file
 * @param error false for a warning or less
 */
public record ReportedIssue(String path, int line, boolean error, String type, String message) {}
