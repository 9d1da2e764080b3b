package dev.cloudtask.localcloud;

import dev.cloudtask.localcloud.cloudformation.stack.DeploymentFailure;
import dev.cloudtask.localcloud.cloudformation.template.ArtifactStore;
import dev.cloudtask.localcloud.cloudformation.template.Packager;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.services.cloudformation.CloudFormation;
import dev.cloudtask.localcloud.services.cloudformation.DeployRequest;
import dev.cloudtask.localcloud.services.cloudformation.DeployResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * Deploys a template file: what {@code aws cloudformation package} does, then what {@code aws
 * cloudformation deploy} does.
 */
final class StackDeployer {
  private static final byte[] NOTHING = {};

  private final LocalCloud cloud;
  private final CloudFormation cloudFormation;
  private final String bucket;

  StackDeployer(LocalCloud cloud, CloudFormation cloudFormation, String accountId) {
    this.cloud = cloud;
    this.cloudFormation = cloudFormation;
    this.bucket = "local-cloud-artifacts-" + accountId;
  }

  LocalCloud.DeployedStack deploy(Path template, String stackName, UnaryOperator<Path> inPlaceOf) {
    String file = template.getFileName().toString();
    String body;
    try {
      body = Files.readString(template);
    } catch (IOException e) {
      throw new DeploymentFailedException(
          "The template " + template + " could not be read: " + e.getMessage());
    }
    DeployResult result;
    try {
      Path folder = template.toAbsolutePath().resolveSibling("").normalize();
      String packaged = new Packager(folder, inPlaceOf, this::keep).pack(body, file);
      result = cloudFormation.deploy(DeployRequest.of(stackName, packaged, file));
    } catch (TemplateException e) {
      throw failure(
          file, new DeploymentFailure("", e.message(), e.position(), e.advice()), stackName);
    }
    if (result.failure().isPresent()) {
      throw failure(file, result.failure().get(), stackName);
    }
    List<LocalCloud.StackResource> resources =
        result.resources().stream()
            .map(r -> new LocalCloud.StackResource(r.logicalId(), r.type(), r.physicalId()))
            .toList();
    return new LocalCloud.DeployedStack(
        stackName,
        result.stackId(),
        result.outputs(),
        resources,
        result.changed(),
        result.withoutEffect());
  }

  /** The cause first, in CloudFormation's words; then where; then what to do. */
  private static DeploymentFailedException failure(
      String file, DeploymentFailure failure, String stackName) {
    StringBuilder text = new StringBuilder("The stack " + stackName + " was not deployed.\n");
    text.append("  Reason:  ").append(failure.reason()).append('\n');
    if (!failure.logicalId().isEmpty()) {
      text.append("  Resource: ").append(failure.logicalId()).append('\n');
    }
    text.append("  Where:   ")
        .append(failure.position().map(Object::toString).orElse(file))
        .append('\n');
    if (!failure.advice().isEmpty()) {
      text.append("  Next:    ").append(failure.advice()).append('\n');
    }
    String place = failure.position().map(Object::toString).orElse(file);
    return new DeploymentFailedException(
        text.toString().stripTrailing(),
        failure.reason(),
        failure.logicalId().isEmpty() ? place : place + "  " + failure.logicalId(),
        failure.advice());
  }

  private ArtifactStore.Location keep(String name, byte[] content) {
    String path = "/" + bucket + "/" + name;
    if (send("HEAD", path, HttpHeaders.empty(), NOTHING).status() != 200) {
      require(send("PUT", "/" + bucket, HttpHeaders.empty(), NOTHING), 409);
      // As AWS's own clients do; and S3 need not make a slower checksum of its own.
      HttpHeaders checksum = HttpHeaders.of("x-amz-checksum-crc32", crc32(content));
      require(send("PUT", path, checksum, content), 200);
    }
    return new ArtifactStore.Location(bucket, name);
  }

  private static String crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void require(HttpResponse answer, int alsoFine) {
    if (answer.status() != 200 && answer.status() != alsoFine) {
      throw new DeploymentFailedException(
          "The code could not be uploaded to the bucket for artifacts:\n" + answer.text());
    }
  }

  private HttpResponse send(String method, String path, HttpHeaders headers, byte[] body) {
    return cloud.sendAsRoot(
        "s3",
        new HttpRequest(
            method, path, headers, RequestBody.of(body), HttpRequest.Connection.INTERNAL));
  }

  /** Deletes a stack; returns why it could not be, if it could not. */
  Optional<String> delete(String stackName) {
    return cloudFormation.delete(stackName).map(DeploymentFailure::reason);
  }
}
