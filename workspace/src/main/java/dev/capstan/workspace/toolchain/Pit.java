package dev.capstan.workspace.toolchain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PIT, which puts faults into compiled Java and runs the tests against each. It is no part of the
 * project: it is fetched by itself, with nothing of the repository in sight, and started beside the
 * project's own class path.
 *
 * @param version the project's own where it names one, else {@value #VERSION}
 */
public record Pit(String version) {
  /** Where it lies for the commands. */
  public static final String INSIDE = "/capstan/pit";

  /** Where it writes its report. */
  public static final String REPORT = "/capstan/mutants";

  /** Below {@link #REPORT}. */
  public static final String REPORT_FILE = "mutations.xml";

  /** A file with the class path of the tests, an entry in each line. */
  public static final String CLASS_PATH = "/capstan/class-path";

  /** A name of the jar for tests of the JUnit platform; of no use to others. */
  public static final String PLATFORM_PLUGIN = "pitest-junit5-plugin";

  static final String VERSION = "1.30.0";
  static final String PLATFORM_PLUGIN_VERSION = "1.2.3";
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
  private static final String MAIN = "org.pitest.mutationtest.commandline.MutationCoverageReport";
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int THREADS = 2;
  private static final String EVERY_CLASS = "*";

  /** Of one argument; Linux allows 131,072. */
  private static final int LONGEST_ARGUMENT = 120_000;

  private static final Pattern NAMED =
      Pattern.compile(
          "<artifactId>\\s{0,20}pitest-maven\\s{0,20}</artifactId>\\s{0,200}<version>([^<]{1,60})</version>");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}(?:\\.[0-9]{1,4}){1,3}");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([A-Za-z0-9_.-]{1,100})\\}");

  /** The version that the root POM names for PIT's own plugin, literally or by a property. */
  public static Pit of(Optional<String> rootPom) {
    return new Pit(rootPom.flatMap(Pit::named).orElse(VERSION));
  }

  private static Optional<String> named(String pom) {
    Matcher named = NAMED.matcher(pom);
    if (!named.find()) {
      return Optional.empty();
    }
    String text = named.group(1).strip();
    Matcher property = PROPERTY.matcher(text);
    Optional<String> version =
        property.matches() ? property(pom, property.group(1)) : Optional.of(text);
    return version.filter(number -> NUMBER.matcher(number).matches());
  }

  private static Optional<String> property(String pom, String name) {
    String opening = "<" + name + ">";
    int start = pom.indexOf(opening);
    int end = start < 0 ? -1 : pom.indexOf('<', start + opening.length());
    return end < 0
        ? Optional.empty()
        : Optional.of(pom.substring(start + opening.length(), end).strip());
  }

  /** The name of its folder below {@link #INSIDE}. */
  public String folder() {
    return version + "-" + PLATFORM_PLUGIN_VERSION;
  }

  /** What to fetch, for Maven; to lie in its folder. */
  public String pom() {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>capstan</groupId>
      <artifactId>pit</artifactId>
      <version>1</version>
      <dependencies>
        <dependency>
          <groupId>org.pitest</groupId>
          <artifactId>pitest-command-line</artifactId>
          <version>%s</version>
        </dependency>
        <dependency>
          <groupId>org.pitest</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        </dependency>
      </dependencies>
    </project>
    """
        .formatted(version, PLATFORM_PLUGIN, PLATFORM_PLUGIN_VERSION);
  }

  /** Fetches its jars into {@code jars} below its folder. */
  public ToolCommand fetch() {
    String folder = INSIDE + "/" + folder();
    return limited(
        List.of(
            "mvn",
            "-B",
            "-ntp",
            "-Dstyle.color=never",
            "-Dmaven.repo.local=" + INSIDE + "/repository",
            "-f",
            folder + "/pom.xml",
            COPY,
            "-DoutputDirectory=" + folder + "/jars"),
        FETCH_LIMIT);
  }

  /**
   * Puts faults into classes and runs the tests of a module against them, in the folder that the
   * tests run in.
   *
   * @param java the program
   * @param jars names of those of its jars that are needed
   * @param classes names, for the classes within them too
   * @param tests names, for the classes within them too
   * @param sources absolute
   */
  public ToolCommand run(
      String java,
      List<String> jars,
      Collection<String> classes,
      Collection<String> tests,
      String sources) {
    String folder = INSIDE + "/" + folder() + "/jars/";
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of(java, "-cp", String.join(":", jars.stream().map(folder::concat).toList())));
    argv.add(MAIN);
    argv.addAll(List.of("--reportDir", REPORT));
    argv.addAll(List.of("--targetClasses", globs(classes)));
    String named = globs(tests);
    argv.addAll(List.of("--targetTests", named.length() <= LONGEST_ARGUMENT ? named : EVERY_CLASS));
    argv.addAll(List.of("--sourceDirs", sources));
    argv.addAll(List.of("--classPathFile", CLASS_PATH));
    argv.add("--includeLaunchClasspath=false");
    argv.addAll(List.of("--outputFormats", "XML"));
    argv.add("--timestampedReports=false");
    argv.add("--failWhenNoMutations=false");
    argv.addAll(List.of("--threads", String.valueOf(THREADS)));
    return limited(argv, LIMIT);
  }

  private static String globs(Collection<String> names) {
    return names.stream()
        .flatMap(name -> Stream.of(name, name + "$*"))
        .collect(Collectors.joining(","));
  }

  private static ToolCommand limited(List<String> argv, Duration limit) {
    return new ToolCommand(
        argv,
        Map.of(),
        limit,
        true,
        List.of(),
        new Output.Logged(),
        ExitCode.TELLS_BUILD,
        new Choosing.NoTests());
  }
}
