package dev.cloudtask.localcloud.services.sts;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.TemporaryCredentials;
import dev.cloudtask.localcloud.ports.TemporaryCredentials.Issued;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Security Token Service. */
public final class Sts implements CloudService {
  private static final String VERSION = "2011-06-15";
  private static final int POLICY_QUOTA = 2_048;

  private final CloudEnvironment environment;
  private final TemporaryCredentials credentials;
  private final CredentialSource keys;
  private final QueryProtocol<ServiceCall> table =
      new QueryProtocol<ServiceCall>(
              "sts", VERSION, "https://sts.amazonaws.com/doc/" + VERSION + "/")
          .operation("GetCallerIdentity", this::callerIdentity)
          .operation("GetAccessKeyInfo", this::accessKeyInfo, "AccessKeyId")
          .operation("GetSessionToken", this::sessionToken, "DurationSeconds")
          .operation(
              "AssumeRole",
              this::assumeRole,
              "RoleArn",
              "RoleSessionName",
              "DurationSeconds",
              "Policy",
              "ExternalId")
          .refused(
              List.of(
                  "AssumeRoleWithSAML",
                  "AssumeRoleWithWebIdentity",
                  "AssumeRoot",
                  "DecodeAuthorizationMessage",
                  "GetDelegatedAccessToken",
                  "GetFederationToken",
                  "GetWebIdentityToken"));

  /** Builds the service. */
  public Sts(
      CloudEnvironment environment, TemporaryCredentials credentials, CredentialSource keys) {
    this.environment = environment;
    this.credentials = credentials;
    this.keys = keys;
  }

  @Override
  public ServiceEndpoint endpoint() {
    return new Endpoint(table);
  }

  @Override
  public Operations operations() {
    return Operations.of(table.operations(), table.refused());
  }

  /** Everybody may ask who they are: no policy can forbid it. */
  private void callerIdentity(ServiceCall call, QueryInput input, QueryResult result) {
    result
        .text("Arn", call.caller().arn())
        .text("UserId", credentials.userId(call.caller()))
        .text("Account", environment.accountId());
  }

  private void accessKeyInfo(ServiceCall call, QueryInput input, QueryResult result) {
    String id = input.required("AccessKeyId");
    if (keys.find(id).isEmpty()) {
      throw new AwsException("ValidationError", 400, "Access key " + id + " is invalid");
    }
    result.text("Account", environment.accountId());
  }

  private void sessionToken(ServiceCall call, QueryInput input, QueryResult result) {
    int longest = call.caller() instanceof Caller.Root ? 3_600 : 129_600;
    int seconds = input.integer("DurationSeconds").orElse(Math.min(longest, 43_200));
    new Constraints("ValidationError")
        .range("durationSeconds", Optional.of(seconds), 900, 129_600)
        .check();
    // Root asks for more than an hour and gets an hour.
    Issued issued =
        credentials.sessionOf(call.caller(), Duration.ofSeconds(Math.min(seconds, longest)));
    write(result, issued);
  }

  private void assumeRole(ServiceCall call, QueryInput input, QueryResult result) {
    String roleArn = input.required("RoleArn");
    String sessionName = input.required("RoleSessionName");
    int seconds = input.integer("DurationSeconds").orElse(3_600);
    Optional<String> policy = input.text("Policy");
    new Constraints("ValidationError")
        .length("roleArn", Optional.of(roleArn), 20, 2_048)
        .pattern("roleSessionName", Optional.of(sessionName), "[\\w+=,.@-]*")
        .length("roleSessionName", Optional.of(sessionName), 2, 64)
        .range("durationSeconds", Optional.of(seconds), 900, 43_200)
        .check();
    if (!roleArn.matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
      throw StsErrors.badArn(roleArn);
    }
    if (call.caller() instanceof Caller.Root) {
      throw StsErrors.rootMayNotAssume();
    }
    policy.ifPresent(Sts::checkSessionPolicy);
    Issued issued =
        credentials.assume(
            new TemporaryCredentials.AssumeRole(
                call.caller(),
                roleArn,
                sessionName,
                Duration.ofSeconds(seconds),
                policy.map(List::of).orElse(List.of()),
                input.text("ExternalId")));
    write(result, issued);
    result.structure(
        "AssumedRoleUser",
        user ->
            user.text("AssumedRoleId", credentials.userId(issued.owner()))
                .text("Arn", issued.owner().arn()));
    policy.ifPresent(
        text -> result.text("PackedPolicySize", Math.max(1, text.length() * 100 / POLICY_QUOTA)));
  }

  private static void checkSessionPolicy(String text) {
    if (text.length() > POLICY_QUOTA) {
      throw StsErrors.tooLarge();
    }
    try {
      PolicyDocument.parse(text, PolicyKind.INLINE);
    } catch (MalformedPolicyException e) {
      throw StsErrors.malformed(e);
    }
  }

  private static void write(QueryResult result, Issued issued) {
    result.structure(
        "Credentials",
        out ->
            out.text("AccessKeyId", issued.accessKeyId())
                .text("SecretAccessKey", issued.secret())
                .text("SessionToken", issued.token())
                .time("Expiration", issued.expiresAt()));
  }

  /** The API as the front desk sees it. */
  private record Endpoint(QueryProtocol<ServiceCall> table) implements ServiceEndpoint {
    @Override
    public String signingName() {
      return "sts";
    }

    @Override
    public boolean recognises(HttpRequest request) {
      return table.recognises(request);
    }

    @Override
    public boolean allowsAnonymous(HttpRequest request) {
      // Their callers have no keys yet. They are refused, by their names.
      return List.of("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")
          .contains(QueryProtocol.action(request));
    }

    @Override
    public HttpResponse handle(ServiceCall call) {
      try (Span span = call.span().child("sts", QueryProtocol.action(call.http()))) {
        return table.handle(call.http(), call.in(span), call.requestId());
      }
    }

    @Override
    public HttpResponse failure(AwsException failure, ServiceCall call) {
      return table.failure(failure, call.requestId());
    }
  }
}
