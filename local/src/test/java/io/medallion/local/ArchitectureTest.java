package io.medallion.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What CONTRIBUTING's map says of the modules: who knows nothing of whom. */
class ArchitectureTest {

  private static final String FLINK = "org.apache.flink..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String HADOOP = "org.apache.hadoop..";
  private static final String DELTA = "io.delta..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.medallion");

  private static Stream<Arguments> strangers() {
    return Stream.of(
        module(
            "cli", FLINK, KAFKA, HADOOP, DELTA, "io.medallion.(contract|delta|job|maintenance).."),
        module("contract", FLINK, KAFKA, HADOOP, DELTA, "io.medallion.(delta|job|maintenance).."),
        module("delta", KAFKA, "io.medallion.(contract|job|eventhubs|maintenance|local).."),
        module("eventhubs", FLINK, DELTA, HADOOP, "io.medallion.(contract|job|delta).."),
        module("broker", FLINK, DELTA, HADOOP, "io.medallion.(contract|job|delta).."),
        module("generator", FLINK, DELTA, HADOOP, "io.medallion.(job|delta|maintenance).."),
        module("job", "io.medallion.(generator|maintenance|dashboard|local|broker).."),
        module("maintenance", KAFKA, "io.medallion.(generator|dashboard|local|broker).."),
        module("powerbi", FLINK, KAFKA, HADOOP, DELTA, "io.medallion.(job|maintenance|local).."),
        module("dashboard", KAFKA, "io.medallion.(generator|local|broker).."));
  }

  private static Arguments module(String module, String... packages) {
    return Arguments.of(module, packages);
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void aModuleKnowsNothingOfItsStrangers(String module, String[] packages) {
    noClasses()
        .that()
        .resideInAPackage("io.medallion." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(CLASSES);
  }

  @Test
  void onlyDeltaSinkAndReadersOfTablesKnowTheInsideOfKernel() {
    ArchRule rule =
        noClasses()
            .that(
                resideInAnyPackage(
                    "io.medallion.contract..",
                    "io.medallion.job..",
                    "io.medallion.dashboard..",
                    "io.medallion.generator..",
                    "io.medallion.powerbi.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.delta.kernel.internal..");
    rule.check(CLASSES);
  }

  @Test
  void onlyAMainEndsTheProcess() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
