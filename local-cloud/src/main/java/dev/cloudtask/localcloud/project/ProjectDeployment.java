package dev.cloudtask.localcloud.project;

import dev.cloudtask.localcloud.DeploymentFailedException;
import dev.cloudtask.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Deploys a project's folder: the stack first, then the website with what the stack's outputs say.
 */
public final class ProjectDeployment {
  private ProjectDeployment() {}

  /**
   * Deploys {@code template.yaml} and {@code website/} of a folder. What stands already and has not
   * changed is left alone.
   *
   * @throws DeploymentFailedException if the template or a resource is refused; nothing half-made
   *     is left
   * @throws UncheckedIOException if a file cannot be read
   */
  public static DeployedProject deploy(LocalCloud cloud, Path folder, String stackName) {
    return deploy(cloud, folder, stackName, UnaryOperator.identity());
  }

  /**
   * Deploys like {@link #deploy(LocalCloud, Path, String)}, with other files in the place of some
   * that the template names.
   *
   * @param inPlaceOf says which file is uploaded for a local path of the template; mostly the same
   */
  public static DeployedProject deploy(
      LocalCloud cloud, Path folder, String stackName, UnaryOperator<Path> inPlaceOf) {
    Path template = folder.resolve("template.yaml");
    return upload(cloud, folder, cloud.deploy(template, stackName, inPlaceOf));
  }

  /**
   * Uploads {@code website/} of a folder to where the outputs of a stack say, and tells CloudFront.
   *
   * @throws DeploymentFailedException if there is no such bucket or distribution, or it refuses
   */
  public static DeployedProject upload(
      LocalCloud cloud, Path folder, LocalCloud.DeployedStack stack) {
    DeployedProject project = withoutWebsite(cloud, stack);
    String bucket = project.outputs().getOrDefault("WebsiteBucketName", "");
    Path website = folder.resolve("website");
    int changed = 0;
    if (!bucket.isEmpty() && Files.isDirectory(website)) {
      WebsiteUpload upload = new WebsiteUpload(cloud, bucket);
      changed = upload.upload(files(cloud, website, project.outputs()));
      String distribution = project.outputs().getOrDefault("DistributionId", "");
      if (changed > 0 && !distribution.isEmpty()) {
        upload.invalidate(distribution, "deployment-" + System.nanoTime());
      }
    }
    return new DeployedProject(
        project.stackName(),
        project.outputs(),
        project.awsOutputs(),
        project.resources(),
        project.stackChanged(),
        changed);
  }

  /** Returns a project of which the stack stands and the website is not uploaded. */
  public static DeployedProject withoutWebsite(LocalCloud cloud, LocalCloud.DeployedStack stack) {
    Map<String, String> outputs = new LinkedHashMap<>();
    stack.outputs().forEach((name, value) -> outputs.put(name, cloud.names().toLocal(value)));
    return new DeployedProject(
        stack.name(), outputs, Map.copyOf(stack.outputs()), stack.resources(), stack.changed(), 0);
  }

  private static List<WebsiteFile> files(
      LocalCloud cloud, Path website, Map<String, String> outputs) {
    List<WebsiteFile> files;
    try {
      files = new ArrayList<>(WebsiteFile.read(website));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + website + " could not be read", e);
    }
    if (files.removeIf(file -> file.key().equals(WebsiteFile.CONFIG))) {
      files.add(ConfigScript.of(outputs, cloud.region(), cloud.endpoint() + "/"));
    }
    return files;
  }
}
