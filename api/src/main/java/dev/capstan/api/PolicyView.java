package dev.capstan.api;

import java.util.List;

/**
 * What holds for a project.
 *
 * @param project empty for one that nobody has named
 * @param note what could not be read; empty if everything was
 */
public record PolicyView(
    String project, String pack, int version, List<ValueView> values, String note) {
  public PolicyView {
    values = List.copyOf(values);
  }

  /**
   * One value.
   *
   * @param value as people write it
   * @param from where it comes from
   * @param notLoosened who asked for less and was not heard
   * @param meaning what it is
   */
  public record ValueView(
      String setting, String value, String from, List<String> notLoosened, String meaning) {
    public ValueView {
      notLoosened = List.copyOf(notLoosened);
    }
  }
}
