package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::Cognito::UserPool}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html">
 *     AWS::Cognito::UserPool</a>
 */
final class UserPoolResource implements ResourceProvider {
  private final CloudEnvironment environment;
  private final CognitoStore store;
  private final Access access;
  private final PoolOperations pools;

  UserPoolResource(
      CloudEnvironment environment, CognitoStore store, Access access, PoolOperations pools) {
    this.environment = environment;
    this.store = store;
    this.access = access;
    this.pools = pools;
  }

  @Override
  public String type() {
    return "AWS::Cognito::UserPool";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    CognitoCall call = Resources.call(environment, request);
    access.require(call, "CreateUserPool");
    return state(pools.create(input(request), call.at()));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    CognitoCall call = Resources.call(environment, request);
    UserPool pool = store.pool(current.physicalId());
    access.require(call, "UpdateUserPool", pool.arn());
    for (String fixed : List.of("UsernameAttributes", "AliasAttributes", "UsernameConfiguration")) {
      if (!Objects.equals(previous.get(fixed), request.properties().get(fixed))) {
        throw CognitoErrors.invalid("Updates are not allowed for property - " + fixed + ".");
      }
    }
    JsonObject settings = PoolSettings.update(pool, input(request));
    settings.add("SchemaAttributes", schema(pool, request.properties(), previous));
    pools.replace(pool, settings, call.at());
    return state(store.pool(pool.id()));
  }

  /** Attributes can be added to a pool, never changed or taken away. */
  private static JsonElement schema(UserPool pool, JsonObject now, JsonObject before) {
    List<JsonElement> wanted = elements(now);
    if (!wanted.containsAll(elements(before))) {
      throw CognitoErrors.invalid("Existing schema attributes cannot be modified or deleted.");
    }
    List<JsonObject> added =
        wanted.stream()
            .filter(element -> !elements(before).contains(element))
            .map(JsonElement::getAsJsonObject)
            .toList();
    return pool.schema().with(added).toJson();
  }

  private static List<JsonElement> elements(JsonObject properties) {
    return Optional.ofNullable(properties.getAsJsonArray("Schema"))
        .map(array -> array.asList())
        .orElse(List.of());
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    store
        .findPool(current.physicalId())
        .ifPresent(
            pool -> {
              access.require(Resources.call(environment, request), "DeleteUserPool", pool.arn());
              pools.delete(pool);
            });
  }

  private static JsonInput input(ResourceRequest request) {
    JsonObject input = request.properties().deepCopy();
    JsonElement name = input.remove("UserPoolName");
    if (name == null) {
      input.addProperty("PoolName", request.generatedName());
    } else {
      input.add("PoolName", name);
    }
    JsonObject tags = new JsonObject();
    request.tags().forEach(tags::addProperty);
    if (input.has("UserPoolTags")) {
      input
          .getAsJsonObject("UserPoolTags")
          .entrySet()
          .forEach(e -> tags.add(e.getKey(), e.getValue()));
    }
    input.add("UserPoolTags", tags);
    return JsonInput.of(input);
  }

  private static ResourceState state(UserPool pool) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", pool.arn());
    attributes.addProperty("ProviderName", pool.providerName());
    attributes.addProperty("ProviderURL", pool.issuer());
    attributes.addProperty("UserPoolId", pool.id());
    return ResourceState.of(pool.id(), attributes);
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "EmailAuthenticationMessage",
        "EmailAuthenticationSubject",
        "EnabledMfas",
        "IssuerConfiguration",
        "KeyConfiguration",
        "WebAuthnFactorConfiguration",
        "WebAuthnRelyingPartyID",
        "WebAuthnUserVerification",
        "LambdaConfig",
        "SmsConfiguration",
        "DeviceConfiguration",
        "VerificationMessageTemplate.EmailMessageByLink",
        "VerificationMessageTemplate.EmailSubjectByLink");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of(
        "SmsAuthenticationMessage",
        "SmsVerificationMessage",
        "VerificationMessageTemplate.SmsMessage",
        "AdminCreateUserConfig.InviteMessageTemplate.SMSMessage",
        "EmailConfiguration.ConfigurationSet",
        "EmailConfiguration.EmailSendingAccount",
        "EmailConfiguration.ReplyToEmailAddress",
        "EmailConfiguration.SourceArn",
        "UserPoolTier");
  }
}
