package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CaseView;
import dev.capstan.workspace.toolchain.Toolchains;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Whole runs with the real tools of further languages, in the real sandbox. */
@Tag("slow")
class ToolchainRunsTest {
  private final Product product =
      new Product(
          Map.of(
              "PATH", System.getenv("PATH"),
              "HOME", System.getProperty("user.home"),
              "CAPSTAN_MEMORY_LIMIT_MB", "2000"));

  @AfterEach
  void close() {
    product.close();
  }

  static boolean hasCargo() {
    return Toolchains.isInstalled("cargo");
  }

  static boolean hasGo() {
    return Toolchains.isInstalled("go");
  }

  private Repository repository() {
    return Repository.empty(product.newFolder("two"));
  }

  private SnapshotView latest(RunView run) {
    return product.client().snapshot(run.project(), "latest");
  }

  @Test
  @EnabledIf(value = "hasCargo", disabledReason = "DID_NOT_RUN: Cargo is not installed")
  void a_crate_is_built_tested_and_changed() {
    Repository crate = repository();
    crate.write(".gitignore", "target/\n");
    crate.write(
        "Cargo.toml", "[package]\nname = \"two\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    crate.write(
        "src/lib.rs",
        """
        pub fn two() -> u8 { 1 + 1 }
        #[test] fn is_two() { assert_eq!(two(), 2); }
        #[test] fn is_three() { assert_eq!(two(), 3); }
        """);
    crate.commit("feat: two");

    RunView run =
        product.carryOut(
            crate, StepDraft.shell("simplify", "sed -i 's/1 + 1/2/' src/lib.rs").step());

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(latest(run).cases())
        .extracting(CaseView::id)
        .containsExactlyInAnyOrder("two (src/lib.rs) > is_two", "two (src/lib.rs) > is_three");
    assertThat(latest(run).counts().failed()).isOne();
  }

  @Test
  @EnabledIf(value = "hasGo", disabledReason = "DID_NOT_RUN: Go is not installed")
  void a_go_module_is_built_tested_and_changed() {
    Repository module = repository();
    module.write("go.mod", "module example.org/two\n\ngo 1.19\n");
    module.write("number/two.go", "package number\n\nfunc Two() int { return 1 + 1 }\n");
    module.write(
        "number/two_test.go",
        """
        package number

        import "testing"

        func TestTwo(t *testing.T) {
        	if Two() != 2 {
        		t.Fatal(Two())
        	}
        }
        """);
    module.commit("feat: two");

    RunView run =
        product.carryOut(
            module, StepDraft.shell("simplify", "sed -i 's/1 + 1/2/' number/two.go").step());

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(latest(run).cases())
        .extracting(CaseView::id)
        .containsExactly("example.org/two/number > TestTwo");
    assertThat(latest(run).coverage().files())
        .extracting(SnapshotView.FileView::path)
        .containsExactly("number/two.go");
  }
}
