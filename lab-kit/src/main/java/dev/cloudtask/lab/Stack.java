package dev.cloudtask.lab;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The student's stack as it stands in the cloud.
 *
 * @param outputs what the stack says about itself; every URL opens as it is
 * @param awsOutputs the same with the names that AWS gives, such as {@code d1234.cloudfront.net}
 * @param reachedAt turns a URL with a name of AWS's into the one at which this cloud answers for it
 * @param template the template that it was made from
 */
public record Stack(
    Map<String, String> outputs,
    Map<String, String> awsOutputs,
    UnaryOperator<String> reachedAt,
    TemplateView template) {
  /** Copies the outputs. */
  public Stack {
    outputs = Map.copyOf(outputs);
    awsOutputs = Map.copyOf(awsOutputs);
  }

  /**
   * Returns an output with the names that AWS gives, so that a URL's scheme and host can be judged.
   *
   * @throws Finding if there is none
   */
  public String awsOutput(String name, String meaning) {
    output(name, meaning);
    return awsOutputs.getOrDefault(name, "");
  }

  /**
   * Returns where this cloud answers for a URL of AWS's: on AWS that URL itself. The plain-http
   * address of a distribution is another one than its https address, here as there.
   */
  public URI reachedAt(String awsUrl) {
    return URI.create(reachedAt.apply(awsUrl));
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
