package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.LogSink.LogEvent;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.apigateway.model.ApiStore;
import dev.cloudtask.localcloud.services.apigateway.model.Stage;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.AccessLogSettings;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.MethodSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what a stage wants logged: a line for each request (access log), and how each request
 * fared (execution log), both with the account's logging role.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">Set
 *     up CloudWatch logging for REST APIs</a>
 */
final class StageLogs {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$context\\.([A-Za-z0-9_.:-]*[A-Za-z0-9_])");
  private static final Duration SESSION = Duration.ofHours(1);

  private final CloudEnvironment environment;
  private final ApiStore store;
  private final LogSink sink;
  private final RoleSessions roles;

  StageLogs(CloudEnvironment environment, ApiStore store, LogSink sink, RoleSessions roles) {
    this.environment = environment;
    this.store = store;
    this.sink = sink;
    this.roles = roles;
  }

  void write(Exchange exchange, Answer answer) {
    AccessLogSettings access = exchange.stage().accessLogSettings();
    String level = level(exchange);
    if (access == null && level.equals("OFF")) {
      return;
    }
    Optional<Caller> writer = writer();
    if (writer.isEmpty()) {
      return;
    }
    if (access != null) {
      writeAccess(exchange, answer, access, writer.get());
    }
    if (!level.equals("OFF")) {
      writeExecution(exchange, level, writer.get());
    }
  }

  private Optional<Caller> writer() {
    String role = store.account().cloudwatchRoleArn();
    if (role == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          roles
              .assumeAsService(role, Functions.SERVICE, "BackplaneAssumeRoleSession", SESSION)
              .owner());
    } catch (AwsException e) {
      return Optional.empty(); // the role has gone: AWS logs nothing and says nothing
    }
  }

  private void writeAccess(
      Exchange exchange, Answer answer, AccessLogSettings access, Caller writer) {
    String arn = String.valueOf(access.destinationArn());
    String group = arn.substring(arn.indexOf(":log-group:") + ":log-group:".length());
    if (group.endsWith(":*")) {
      group = group.substring(0, group.length() - 2);
    }
    sink.write(
        writer,
        group,
        stream(exchange),
        List.of(
            new LogEvent(
                environment.clock().instant(),
                line(exchange, answer, String.valueOf(access.format())))));
  }

  private static String line(Exchange exchange, Answer answer, String format) {
    JsonObject context = RequestContext.of(exchange);
    context.add("error", exchange.error());
    context.addProperty("status", answer.status());
    context.addProperty("responseLength", answer.body().length);
    context.addProperty(
        "responseLatency",
        Duration.between(exchange.call().at(), exchange.environment().clock().instant())
            .toMillis());
    context.add("awsEndpointRequestId", new JsonPrimitive(exchange.call().requestId()));
    return VARIABLE
        .matcher(format)
        .replaceAll(
            match -> Matcher.quoteReplacement(Sources.at(context, match.group(1)).orElse("-")));
  }

  private void writeExecution(Exchange exchange, String level, Caller writer) {
    boolean data = setting(exchange).map(MethodSetting::dataTraceEnabled).orElse(false);
    List<LogEvent> events =
        exchange.log().lines().stream()
            .filter(line -> line.error() || (level.equals("INFO") && (data || !line.data())))
            .map(
                line ->
                    new LogEvent(line.at(), "(" + exchange.call().requestId() + ") " + line.text()))
            .toList();
    if (!events.isEmpty()) {
      sink.write(
          writer,
          "API-Gateway-Execution-Logs_%s/%s"
              .formatted(exchange.live().id(), exchange.stage().stageName()),
          stream(exchange),
          events);
    }
  }

  /** AWS spreads streams by hash; one for each stage and hour is easier to read. */
  private static String stream(Exchange exchange) {
    long hour = exchange.call().at().getEpochSecond() / 3_600;
    return "%08x%08x%016x"
        .formatted(exchange.live().id().hashCode(), exchange.stage().stageName().hashCode(), hour);
  }

  private static String level(Exchange exchange) {
    return setting(exchange).map(MethodSetting::loggingLevel).orElse("OFF");
  }

  /** The method's own settings, else those for all. */
  static Optional<MethodSetting> setting(Exchange exchange) {
    Stage stage = exchange.stage();
    Map<String, MethodSetting> settings = stage.methodSettings();
    return exchange
        .found()
        .map(
            route ->
                settings.get(
                    route.resource().path().substring(1).replace("/", "~1")
                        + "/"
                        + exchange.httpMethod()))
        .or(
            () ->
                exchange
                    .found()
                    .map(
                        r ->
                            settings.get(
                                r.resource().path().substring(1) + "/" + exchange.httpMethod())))
        .or(() -> Optional.ofNullable(settings.get("*/*")));
  }
}
