package dev.cloudtask.labs.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every right solution is green, however it is written. */
final class VariantsTest {
  @TempDir static Path temp;

  @TestFactory
  Stream<DynamicTest> variant() throws IOException {
    return Selection.of(Cases.variants(), Variant::lab, Variant::id).stream()
        .map(
            variant ->
                DynamicTest.dynamicTest(
                    "lab " + variant.lab() + ", " + variant.id() + ": " + variant.title(),
                    () -> play(variant)));
  }

  private static void play(Variant variant) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(variant.lab() + "-" + variant.id()));

    Player.Played played = Player.play(variant.lab(), variant.changes(), folder, 1);

    assertThat(Judgement.ofVariant(played.outcomes()))
        .as("%s%n%s", variant.file(), MistakesTest.told(played.outcomes()))
        .isEmpty();
  }
}
