package dev.capstan.verification.dependencies;

import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Extension;
import org.apache.maven.model.Model;
import org.apache.maven.model.ModelBase;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.Profile;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** One POM, without its parents: parent, dependencies, plugins and extensions, of profiles too. */
final class MavenPom {
  private static final int MOST_PROPERTIES_IN_PROPERTIES = 8;
  private static final int LONGEST = 300;

  private final Model model;
  private final SortedSet<Dependency> found;

  private MavenPom(Model model, SortedSet<Dependency> found) {
    this.model = model;
    this.found = found;
  }

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    new MavenPom(model(text), found).addAll();
  }

  static Model model(String text) throws UnreadableManifest {
    try {
      return new MavenXpp3Reader().read(new StringReader(text), false);
    } catch (IOException | XmlPullParserException | RuntimeException e) {
      // The parser signals some broken input with whatever it stumbled over.
      throw new UnreadableManifest("not a valid POM: " + e.getMessage());
    }
  }

  static Optional<String> ownName(String text) {
    try {
      Model model = model(text);
      MavenPom pom = new MavenPom(model, Collections.emptySortedSet());
      return Optional.of(pom.ownGroup() + ":" + model.getArtifactId());
    } catch (UnreadableManifest _) {
      // Who asks for the dependencies as well is told why.
      return Optional.empty();
    }
  }

  private void addAll() {
    Parent parent = model.getParent();
    if (parent != null) {
      add(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }
    addBase(model);
    addPlugins(model.getBuild());
    if (model.getBuild() != null) {
      for (Extension extension : model.getBuild().getExtensions()) {
        add(extension.getGroupId(), extension.getArtifactId(), extension.getVersion());
      }
    }
    for (Profile profile : model.getProfiles()) {
      addBase(profile);
      addPlugins(profile.getBuild());
    }
  }

  private void addBase(ModelBase base) {
    addDependencies(base.getDependencies());
    DependencyManagement management = base.getDependencyManagement();
    if (management != null) {
      addDependencies(management.getDependencies());
    }
  }

  private void addPlugins(BuildBase build) {
    if (build != null) {
      addPlugins((PluginContainer) build);
      if (build.getPluginManagement() != null) {
        addPlugins(build.getPluginManagement());
      }
    }
  }

  private void addPlugins(PluginContainer container) {
    for (Plugin plugin : container.getPlugins()) {
      add(plugin.getGroupId(), plugin.getArtifactId(), plugin.getVersion());
      addDependencies(plugin.getDependencies());
    }
  }

  private void addDependencies(Collection<org.apache.maven.model.Dependency> dependencies) {
    for (org.apache.maven.model.Dependency dependency : dependencies) {
      String place = dependency.getSystemPath();
      add(
          dependency.getGroupId(),
          dependency.getArtifactId(),
          place == null ? dependency.getVersion() : Risk.FILE + place);
    }
  }

  private void add(String group, String artifact, String version) {
    String name = resolved(group) + ":" + resolved(artifact);
    found.add(new Dependency(Ecosystem.MAVEN, name, resolved(version)));
  }

  /** With the properties that this POM itself sets. */
  private String resolved(String text) {
    String resolved = Optional.ofNullable(text).orElse("").strip();
    for (int i = 0; i < MOST_PROPERTIES_IN_PROPERTIES && resolved.length() < LONGEST; i++) {
      int from = resolved.indexOf("${");
      int to = resolved.indexOf('}', from + 1);
      if (from < 0 || to < 0) {
        break;
      }
      Optional<String> value = property(resolved.substring(from + 2, to));
      if (value.isEmpty()) {
        break;
      }
      resolved = resolved.substring(0, from) + value.get() + resolved.substring(to + 1);
    }
    return resolved.substring(0, Math.min(LONGEST, resolved.length()));
  }

  /** The version of a reactor's own modules is the project's, and nothing is asked of it. */
  private Optional<String> property(String name) {
    Properties properties = model.getProperties();
    return switch (name) {
      case "project.groupId", "pom.groupId" -> Optional.of(ownGroup());
      case "project.version", "pom.version", "revision", "project.parent.version" ->
          Optional.of("");
      default -> Optional.ofNullable(properties.getProperty(name));
    };
  }

  private String ownGroup() {
    if (model.getGroupId() != null) {
      return model.getGroupId();
    }
    return model.getParent() == null ? "" : model.getParent().getGroupId();
  }
}
