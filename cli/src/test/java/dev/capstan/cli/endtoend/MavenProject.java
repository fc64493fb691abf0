package dev.capstan.cli.endtoend;

import java.util.Map;

/** A Maven project of one class and one test, which takes its dependencies from outside. */
final class MavenProject {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId>
        <artifactId>two</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          <junit.version>VERSION</junit.version>
        </properties>
        <dependencies>
          <dependency>
            <groupId>GROUP</groupId>
            <artifactId>ARTIFACT</artifactId>
            <version>${junit.version}</version>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <artifactId>maven-compiler-plugin</artifactId>
              <version>3.14.1</version>
            </plugin>
            <plugin>
              <artifactId>maven-surefire-plugin</artifactId>
              <version>3.5.4</version>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  private MavenProject() {}

  /** Variables of a product that may fetch what such a project needs. */
  static Map<String, String> variables() {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        System.getProperty("user.home"),
        "CAPSTAN_MEMORY_LIMIT_MB",
        "2000",
        "CAPSTAN_DISK_LIMIT_MB",
        "2000");
  }

  /** Committed. The test stands in {@code src/test/java/two/TwoTest.java}. */
  static Repository in(
      Product product, String group, String artifact, String version, String test) {
    Repository project = Repository.empty(product.newFolder("two"));
    project.write(
        "pom.xml",
        POM.replace("VERSION", version).replace("GROUP", group).replace("ARTIFACT", artifact));
    project.write(
        "src/main/java/two/Two.java",
        "package two;\n\npublic class Two {\n  public static int two() {\n    return 2;\n  }\n}\n");
    project.write("src/test/java/two/TwoTest.java", test);
    project.commit("feat: two");
    return project;
  }
}
