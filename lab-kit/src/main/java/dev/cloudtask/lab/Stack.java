package dev.cloudtask.lab;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The student's stack as it stands in the cloud.
 *
 * @param outputs what the stack says about itself; every URL opens as it is
 * @param awsOutputs the same with the names that AWS gives, such as {@code d1234.cloudfront.net}
 * @param resources what it consists of
 * @param reachedAt turns a URL with a name of AWS's into the one at which this cloud answers for
 *     it; on AWS that is the URL itself, elsewhere a name that the cloud does not have is reached
 *     nowhere
 * @param template the template that it was made from
 */
public record Stack(
    Map<String, String> outputs,
    Map<String, String> awsOutputs,
    List<Resource> resources,
    Function<String, Optional<URI>> reachedAt,
    TemplateView template) {

  /**
   * A resource of the stack.
   *
   * @param logicalId its name in the template, which is the student's choice
   * @param type such as {@code AWS::Lambda::Function}
   * @param physicalId what the service calls it
   */
  public record Resource(String logicalId, String type, String physicalId) {}

  /** Copies what it is given. */
  public Stack {
    outputs = Map.copyOf(outputs);
    awsOutputs = Map.copyOf(awsOutputs);
    resources = List.copyOf(resources);
  }

  /** Returns the resources of a type, in the order of the template. */
  public List<Resource> resourcesOfType(String type) {
    return template.resourcesOfType(type).stream().flatMap(id -> resource(id).stream()).toList();
  }

  /** Finds a resource by its name in the template. */
  public Optional<Resource> resource(String logicalId) {
    return resources.stream().filter(own -> own.logicalId().equals(logicalId)).findFirst();
  }

  /** Finds a resource by what the service calls it. */
  public Optional<Resource> named(String type, String physicalId) {
    return resources.stream()
        .filter(own -> own.type().equals(type) && own.physicalId().equals(physicalId))
        .findFirst();
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
   * Returns an output that is an address, as it opens in this cloud; it ends in a slash.
   *
   * @param scheme {@code http} or {@code https}: which of the two it must be on AWS
   * @throws Finding if there is none, or it is no address of this stack
   */
  public URI url(String name, String meaning, String scheme) {
    String aws = awsOutput(name, meaning);
    String url = aws.endsWith("/") ? aws : aws + "/";
    String problem = "";
    if (!aws.startsWith(scheme + "://")) {
      problem = "An address here begins with " + scheme + "://";
    } else if (reachedAt(url).isEmpty()) {
      problem = "Nothing answers there. Let the template ask a resource for its name by !GetAtt.";
    }
    if (!problem.isEmpty()) {
      throw Finding.did("read the output " + name + " of your stack")
          .expected(meaning + ", " + scheme + "://...")
          .got(aws)
          .where(template.outputPlace(name))
          .why(problem)
          .found();
    }
    return reachedAt(url).orElseThrow();
  }

  /**
   * Returns where this cloud answers for a URL of AWS's, if it does. The plain-http address of a
   * distribution is another one than its https address, here as there.
   */
  public Optional<URI> reachedAt(String awsUrl) {
    return reachedAt.apply(awsUrl);
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
