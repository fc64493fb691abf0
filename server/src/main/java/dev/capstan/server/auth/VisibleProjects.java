package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Projects for whoever asks, and the rule about repositories: a folder of the server's machine may
 * hold what is not theirs, and so may its own network.
 */
public final class VisibleProjects implements Projects {
  private static final Pattern REMOTE =
      Pattern.compile("(?i)(?:https?|ssh|git)://.+|[\\w.-]+@[\\w.-]+:[^/].*");

  private static final Pattern FILE = Pattern.compile("(?i)file://(/.*)");

  private final Projects projects;
  private final Callers callers;
  private final List<Path> folders;

  /**
   * {@code projects} are those that whoever asks may see; {@code folders} are the installation's
   * own.
   */
  public VisibleProjects(Projects projects, Callers callers, List<Path> folders) {
    this.projects = projects;
    this.callers = callers;
    this.folders = List.copyOf(folders);
  }

  @Override
  public void admit(String source) {
    Access access = callers.access();
    if (access instanceof Access.Everything) {
      return;
    }
    if (REMOTE.matcher(source).matches()) {
      Reach.requireOutside(source);
    } else if (access.home().isDefault()) {
      requireFolder(source);
    } else {
      throw new IllegalArgumentException(
          "the organisation "
              + access.home()
              + " works on repositories with a URL (https, ssh, git), not on folders of the"
              + " server's machine: "
              + source);
    }
  }

  /** As git reads a file URL: it passes over a host, and takes %64 for a letter. */
  private void requireFolder(String source) {
    Matcher file = FILE.matcher(source);
    String path = file.matches() ? file.group(1) : source;
    if (!path.startsWith("/") || path.indexOf(0) >= 0 || path.contains("%")) {
      throw new IllegalArgumentException(
          "a repository is a URL (https, ssh, git), the absolute path of a folder, or file:// and"
              + " that path, not \""
              + source
              + '"');
    }
    if (isOurs(real(Path.of(path)))) {
      throw new IllegalArgumentException("the data folder holds no repositories to work on");
    }
  }

  private boolean isOurs(Path path) {
    return folders.stream().anyMatch(folder -> path.startsWith(real(folder)));
  }

  /** Where it leads, whatever links are on the way. */
  private static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    try {
      return whole.toRealPath();
    } catch (IOException _) {
      Path above = whole.getParent();
      return above == null ? whole : real(above).resolve(whole.getFileName());
    }
  }

  @Override
  public OrganisationId home() {
    return projects.home();
  }

  @Override
  public Optional<OrganisationId> ownerOf(ProjectId id) {
    return projects.ownerOf(id);
  }

  @Override
  public void register(Project project) {
    admit(project.source());
    projects.register(project);
  }

  @Override
  public Optional<Project> find(ProjectId id) {
    return projects.find(id);
  }

  @Override
  public List<Project> list(String after, int most) {
    return projects.list(after, most);
  }
}
