package dev.capstan.verification.dependencies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.License;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import tools.jackson.databind.JsonNode;

/** What the manifest of a package that was downloaded says its licence is. */
public final class StatedLicence {
  private static final String CHOICE = " OR ";

  private StatedLicence() {}

  /** Of a POM; who states none has that of {@link #parent}. */
  public static Optional<String> ofPom(String text) throws UnreadableManifest {
    List<String> names = new ArrayList<>();
    for (License licence : MavenPom.model(text).getLicenses()) {
      if (licence.getName() != null) {
        names.add(licence.getName().strip());
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(CHOICE, names));
  }

  /** The parent that a POM names. */
  public static Optional<Dependency> parent(String text) throws UnreadableManifest {
    Model model = MavenPom.model(text);
    Parent parent = model.getParent();
    return parent == null || parent.getVersion() == null
        ? Optional.empty()
        : Optional.of(
            new Dependency(
                Dependency.Ecosystem.MAVEN,
                parent.getGroupId() + ":" + parent.getArtifactId(),
                parent.getVersion()));
  }

  /** Of a {@code package.json}, in its old forms too. */
  public static Optional<String> ofPackageJson(String text) throws UnreadableManifest {
    JsonNode root = JsonText.read(text);
    List<String> names = new ArrayList<>();
    add(root.path("license"), names);
    root.path("licenses").forEach(licence -> add(licence, names));
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(CHOICE, names));
  }

  private static void add(JsonNode licence, List<String> names) {
    String name = JsonText.text(licence.isObject() ? licence.path("type") : licence);
    if (!name.isEmpty()) {
      names.add(name);
    }
  }
}
