package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayersTest {
  private static final Path CACHE = Path.of("/capstan/cache/m2");

  @TempDir Path base;
  private Fence fence;
  private Path shared;

  @BeforeEach
  void a_shared_folder() throws IOException {
    fence = new Fence(base);
    shared = Files.createDirectories(base.toRealPath().resolve("shared"));
    Files.writeString(shared.resolve("library"), "as it was\n");
  }

  @Test
  void what_is_written_over_a_shared_folder_stays_in_the_layer_of_its_own() throws IOException {
    assumeThat(fence.sandbox.laysLayers()).as("overlays can be mounted here").isTrue();

    Outcome outcome =
        run("one", "echo mine > library; echo more > added; mkdir below; cat library added");

    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    assertThat(fence.out).containsExactly("mine", "more");
    assertThat(shared.resolve("library")).hasContent("as it was\n");
    assertThat(shared).isDirectoryNotContaining("glob:**/added");
    assertThat(layer("one").resolve("upper/added")).hasContent("more\n");
  }

  @Test
  void the_next_command_with_that_layer_sees_it_and_another_layer_does_not() throws IOException {
    assumeThat(fence.sandbox.laysLayers()).as("overlays can be mounted here").isTrue();
    run("one", "rm library; echo kept > added");

    run("one", "ls");
    run("two", "ls");

    assertThat(fence.out).containsExactly("added", "library");
  }

  @Test
  void a_layer_counts_for_the_limit_on_disk_space() throws IOException {
    assumeThat(fence.sandbox.laysLayers()).as("overlays can be mounted here").isTrue();
    fence.limits = fence.limits.withDiskBytes(1 << 20);

    Outcome outcome = run("one", "head -c 2000000 /dev/zero > added; sync");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.LimitExceeded.class, limit -> assertThat(limit.limit()).isEqualTo(Limit.DISK));
  }

  @Test
  void where_no_layer_can_be_laid_the_folder_can_only_be_read() throws IOException {
    Bubblewrap plain =
        Bubblewrap.find(
            base.resolve("own"), ControlGroups.NONE, "without", new Programs(onlyBubblewrap()));
    List<String> printed = new ArrayList<>();

    plain.run(
        confinement("one", "cat library; echo mine > library"), (_, line) -> printed.add(line));

    assertThat(plain.laysLayers()).isFalse();
    assertThat(printed)
        .contains("as it was")
        .anySatisfy(line -> assertThat(line).contains("Read-only"));
  }

  private List<Path> onlyBubblewrap() throws IOException {
    Path folder = Files.createDirectories(base.resolve("programs"));
    Path found = Programs.ofThisProcess().find("bwrap").orElseThrow();
    Files.createSymbolicLink(folder.resolve("bwrap"), found);
    return List.of(folder.toAbsolutePath());
  }

  private Outcome run(String layer, String script) throws IOException {
    return fence.run(confinement(layer, script));
  }

  private Confinement confinement(String layer, String script) throws IOException {
    Confinement usual =
        fence.confinement("/bin/sh", "-c", "cd " + CACHE + " && { " + script + "; }");
    List<Bind> binds = new ArrayList<>(usual.binds());
    binds.add(new Bind.Layered(shared, layer(layer), CACHE));
    return fence.confinement(binds, usual.argv().toArray(String[]::new));
  }

  private Path layer(String name) throws IOException {
    return Files.createDirectories(base.toRealPath().resolve("layers").resolve(name));
  }
}
