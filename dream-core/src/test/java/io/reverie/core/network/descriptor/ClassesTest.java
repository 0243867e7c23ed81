package io.reverie.core.network.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassesTest {

  private static final Classes IMAGENET = classes("resnet50");

  /** Numbers of ILSVRC's synsets, which all ImageNet networks share. */
  @ParameterizedTest
  @CsvSource({
    "goldfish, 1",
    "GOLDFISH, 1",
    "1, 1",
    "999, 999",
    "tiger, 292",
    "tiger_cat, 282",
    "Tiger-Cat, 282",
    "golden retriev, 207",
    "volcano, 980",
    "pembroke, 263",
    "Cardigan, 264",
    "cardigan, 474"
  })
  void classesAreFoundByNumberOrName(String wanted, int id) {
    assertThat(IMAGENET.id(wanted)).isEqualTo(id);
  }

  @Test
  void ambiguousNamesAreReportedWithAllCandidates() {
    assertThatThrownBy(() -> IMAGENET.id("cat"))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll(
            "class 'cat' is ambiguous: ", "tiger cat (282)", "Egyptian cat (285)");
    assertThatThrownBy(() -> IMAGENET.id("CARDIGAN"))
        .hasMessageContainingAll("Cardigan (264)", "cardigan (474)");
  }

  @Test
  void unknownNamesAreReportedWithTheNearest() {
    assertThatThrownBy(() -> IMAGENET.id("godlfish"))
        .isInstanceOf(DreamException.class)
        .hasMessageStartingWith("unknown class 'godlfish'; the nearest are goldfish, ");
    assertThatThrownBy(() -> IMAGENET.id("1000"))
        .hasMessageContaining("class numbers are 0 to 999");
    assertThatThrownBy(() -> IMAGENET.id("99999999999")).hasMessageContaining("0 to 999");
    assertThatThrownBy(() -> IMAGENET.id("-1"))
        .hasMessage("unknown class -1; class numbers are 0 to 999");
  }

  @Test
  void classesAreFoundByPartOfTheirName() {
    assertThat(IMAGENET.matching("Retriever")).containsExactly(205, 206, 207, 208, 209);
    assertThat(classes("places365_resnet18").matching("snow")).hasSize(2);
  }

  @Test
  void everyNetworkNamesItsClasses() {
    assertThat(classes("embedded").names()).hasSize(97).startsWith("eye, blue");
    assertThat(IMAGENET.names()).hasSize(1000).startsWith("tench").endsWith("toilet tissue");
    assertThat(classes("places365_alexnet").names())
        .hasSize(365)
        .startsWith("airfield")
        .endsWith("zen_garden");
    assertThat(classes("squeezenet1_0").layer()).isEqualTo("classifier.1");
  }

  private static Classes classes(String network) {
    return Networks.descriptor(network).classes().orElseThrow();
  }
}
