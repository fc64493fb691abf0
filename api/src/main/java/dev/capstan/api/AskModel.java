package dev.capstan.api;

/**
 * Asks a language model once, such as to record its answer to a prompt.
 *
 * @param project that pays; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 * @param model as the server's models.yaml names it
 * @param prompt what it is asked
 * @param schema of the answer, as JSON Schema; "" if it is any text
 * @param label name, version and SHA-256 of the prompt, for the record of the call
 */
public record AskModel(
    String project, String source, String model, String prompt, String schema, String label) {}
