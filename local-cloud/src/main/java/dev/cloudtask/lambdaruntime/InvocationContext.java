package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler is told about its invocation. */
final class InvocationContext implements Context {
  private final Invocation invocation;
  private final LambdaLogger logger;

  InvocationContext(Invocation invocation, LambdaLogger logger) {
    this.invocation = invocation;
    this.logger = logger;
  }

  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public String getLogGroupName() {
    return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
  }

  @Override
  public String getLogStreamName() {
    return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
  }

  @Override
  public String getFunctionName() {
    return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
  }

  @Override
  public String getFunctionVersion() {
    return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
  }

  @Override
  public String getInvokedFunctionArn() {
    return invocation.functionArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return parse(invocation.cognitoIdentity(), Identity.class);
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return parse(invocation.clientContext(), MobileContext.class);
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, invocation.deadlineMillis() - System.currentTimeMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    String limit = System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    return limit == null ? 128 : Integer.parseInt(limit);
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  @Override
  public @Nullable String getXrayTraceId() {
    return invocation.traceId();
  }

  private static <T> @Nullable T parse(@Nullable String json, Class<T> type) {
    return json == null || json.isEmpty()
        ? null
        : GsonFactory.getInstance().getSerializer(type).fromJson(json);
  }

  /** Field names are those of the JSON. */
  @SuppressWarnings("unused") // set by the serializer
  private static final class Identity implements CognitoIdentity {
    private @Nullable String cognitoIdentityId;
    private @Nullable String cognitoIdentityPoolId;

    @Override
    public @Nullable String getIdentityId() {
      return cognitoIdentityId;
    }

    @Override
    public @Nullable String getIdentityPoolId() {
      return cognitoIdentityPoolId;
    }
  }

  /** Field names are those of the JSON. */
  @SuppressWarnings("unused") // set by the serializer
  private static final class MobileContext implements ClientContext {
    private @Nullable MobileClient client;
    private @Nullable Map<String, String> custom;
    private @Nullable Map<String, String> env;

    @Override
    public @Nullable Client getClient() {
      return client;
    }

    @Override
    public @Nullable Map<String, String> getCustom() {
      return custom;
    }

    @Override
    public @Nullable Map<String, String> getEnvironment() {
      return env;
    }
  }

  /** Field names are those of the JSON. */
  @SuppressWarnings({"unused", "MemberName"}) // set by the serializer
  private static final class MobileClient implements Client {
    private @Nullable String installation_id;
    private @Nullable String app_title;
    private @Nullable String app_version_name;
    private @Nullable String app_version_code;
    private @Nullable String app_package_name;

    @Override
    public @Nullable String getInstallationId() {
      return installation_id;
    }

    @Override
    public @Nullable String getAppTitle() {
      return app_title;
    }

    @Override
    public @Nullable String getAppVersionName() {
      return app_version_name;
    }

    @Override
    public @Nullable String getAppVersionCode() {
      return app_version_code;
    }

    @Override
    public @Nullable String getAppPackageName() {
      return app_package_name;
    }
  }
}
