package dev.capstan.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of the house: an import may only point down, and no two packages import each other. */
class ArchitectureTest {
  private static final String ROOT = "dev.capstan";

  /** From the top down. */
  private static final List<String> FLOORS =
      List.of(
          "cli",
          "server",
          "worker",
          "adapters",
          "postgres",
          "control",
          "engines",
          "verification",
          "knowledge",
          "models",
          "workspace",
          "sandbox",
          "api",
          "core");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location ->
              !location.contains("test-classes")
                  && !location.contains("-tests.jar")
                  && !location.contains("testkit"))
          .importPackages(ROOT);

  @Test
  void the_scan_sees_the_whole_house() {
    Set<String> seen =
        HOUSE.stream().map(type -> floor(type.getPackageName())).collect(Collectors.toSet());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(FLOORS);
    assertThat(HOUSE.size()).isGreaterThan(400);
  }

  private static String floor(String packageName) {
    String below = packageName.substring(ROOT.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  @Test
  void an_import_points_only_down() {
    for (int floor = 1; floor < FLOORS.size(); floor++) {
      String[] above =
          FLOORS.subList(0, floor).stream()
              .map(name -> ROOT + '.' + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + '.' + FLOORS.get(floor) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(HOUSE);
    }
  }

  @Test
  void no_packages_import_each_other_in_a_circle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void the_core_imports_nothing_but_the_jdk() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    ROOT + ".core..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.math..",
                    "org.jspecify..")
                .or(
                    // Hashes are no more than arithmetic.
                    belongToAnyOf(
                        MessageDigest.class,
                        NoSuchAlgorithmException.class,
                        StandardCharsets.class,
                        Charset.class)))
        .check(HOUSE);
  }

  @Test
  void the_core_reads_no_clock_and_throws_no_dice() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".core..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(HOUSE);
  }

  @Test
  void sql_is_spoken_in_one_place() {
    noClasses()
        .that(not(resideInAnyPackage(ROOT + ".postgres..", ROOT + ".adapters.pgvector..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(HOUSE);
  }

  @Test
  void only_the_composition_root_knows_postgres_and_spring() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    ROOT + ".postgres..",
                    ROOT + ".adapters.pgvector..",
                    ROOT + ".adapters.vectors..",
                    ROOT + ".server..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".postgres..", "org.springframework..")
        .check(HOUSE);
  }

  @Test
  void only_the_composition_root_knows_adapters() {
    noClasses()
        .that(not(resideInAnyPackage(ROOT + ".adapters..", ROOT + ".server")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".adapters..")
        .check(HOUSE);
  }

  @Test
  void absent_values_are_marked_in_every_package() {
    Set<JavaPackage> packages =
        HOUSE.stream()
            .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
            .map(type -> type.getPackage())
            .collect(Collectors.toSet());
    assertThat(packages).allMatch(visited -> visited.isAnnotatedWith(NullMarked.class));
  }
}
