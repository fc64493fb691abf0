package dev.capstan.knowledge.index;

import java.util.List;

/**
 * What is searched.
 *
 * @param text a sentence or an identifier
 * @param paths patterns of which a path has to match one, with {@code *} for anything, folders
 *     included; a folder stands for all below it; none for all
 * @param languages as {@code Language.word}; none for all
 * @param roles as {@code Role.word}; none for all
 * @param most so many hits at most
 */
public record Question(
    String view,
    String text,
    List<String> paths,
    List<String> languages,
    List<String> roles,
    int most,
    Profile profile) {
  public Question {
    paths = List.copyOf(paths);
    languages = List.copyOf(languages);
    roles = List.copyOf(roles);
  }

  public Question(
      String view,
      String text,
      List<String> paths,
      List<String> languages,
      List<String> roles,
      int most) {
    this(view, text, paths, languages, roles, most, Profile.DEFAULT);
  }

  public static Question of(String view, String text, int most) {
    return new Question(view, text, List.of(), List.of(), List.of(), most);
  }

  public Question as(Profile other) {
    return new Question(view, text, paths, languages, roles, most, other);
  }
}
