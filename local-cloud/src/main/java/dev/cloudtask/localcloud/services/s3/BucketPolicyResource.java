package dev.cloudtask.localcloud.services.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code AWS::S3::BucketPolicy}: its physical id is the bucket's name. */
final class BucketPolicyResource implements ResourceProvider {
  private final Access access;
  private final BucketStore store;
  private final BucketSettings settings;

  BucketPolicyResource(Access access, BucketStore store, BucketSettings settings) {
    this.access = access;
    this.store = store;
    this.settings = settings;
  }

  @Override
  public String type() {
    return "AWS::S3::BucketPolicy";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Bucket bucket = store.get(TemplateDocuments.text(request.properties(), "Bucket").orElse(""));
    if (bucket.policy().isPresent()) {
      throw new AwsException(
          "AlreadyExists",
          409,
          "The bucket policy already exists on bucket " + bucket.name() + ".");
    }
    put(request, bucket);
    return ResourceState.of(bucket.name(), new JsonObject());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    put(request, store.get(current.physicalId()));
    return current;
  }

  private void put(ResourceRequest request, Bucket bucket) {
    access.require(request.caller(), bucket, "s3:PutBucketPolicy", bucket.arn(), request.span());
    JsonElement document = request.properties().get("PolicyDocument");
    String text = document.isJsonPrimitive() ? document.getAsString() : document.toString();
    String policy = BucketPolicyCheck.checked(bucket.name(), text.getBytes(StandardCharsets.UTF_8));
    settings.putPolicy(bucket, policy, request.caller().arn());
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Optional<Bucket> bucket = store.find(current.physicalId());
    if (bucket.isPresent()) {
      access.require(
          request.caller(),
          bucket.get(),
          "s3:DeleteBucketPolicy",
          bucket.get().arn(),
          request.span());
      settings.remove(bucket.get().name(), BucketSetting.POLICY);
    }
  }
}
