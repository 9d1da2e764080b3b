package dev.cloudtask.localcloud.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  @Test
  void check_withinBounds_passes() {
    assertThatCode(
            () ->
                new Constraints("ValidationException")
                    .required("a", Optional.of(""))
                    .length("a", Optional.of("xyz"), 3, 3)
                    .range("n", Optional.of(128), 128, 10240)
                    .oneOf("e", Optional.empty(), List.of("A"))
                    .pattern("p", Optional.of("aa"), "a+")
                    .check())
        .doesNotThrowAnyException();
  }

  @Test
  void check_violations_areAllNamedInOrder() {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(
            () ->
                new Constraints("ValidationException")
                    .range("memorySize", Optional.of(1), 128, 10240)
                    .oneOf("packageType", Optional.of("Tar"), List.of("Zip", "Image"))
                    .check())
        .withMessage(
            "2 validation errors detected: Value '1' at 'memorySize' failed to satisfy constraint:"
                + " Member must have value greater than or equal to 128; Value 'Tar' at"
                + " 'packageType' failed to satisfy constraint: Member must satisfy enum value set:"
                + " [Zip, Image]");
  }
}
