package dev.cloudtask.lab;

import java.util.Map;
import java.util.Optional;

/**
 * The student's stack as it stands in the cloud.
 *
 * @param outputs what the stack says about itself; every URL opens as it is
 * @param template the template that it was made from
 */
public record Stack(Map<String, String> outputs, TemplateView template) {
  /** Copies the outputs. */
  public Stack {
    outputs = Map.copyOf(outputs);
  }

  /**
   * Returns an output that the lab's text asks for.
   *
   * @throws Finding if there is none
   */
  public String output(String name, String meaning) {
    return Optional.ofNullable(outputs.get(name))
        .orElseThrow(
            () ->
                Finding.did("read the outputs of your stack")
                    .expected("an output " + name + ": " + meaning)
                    .got(
                        outputs.isEmpty()
                            ? "no outputs"
                            : "only "
                                + String.join(", ", outputs.keySet().stream().sorted().toList()))
                    .where(template.outputPlace(name))
                    .why(
                        "Names are yours to choose, so the tests must be told what things are called.")
                    .found());
  }
}
