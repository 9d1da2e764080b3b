package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI by which integrations and authorizers name a function: {@code
 * arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations}.
 *
 * @param functionArn the function's ARN as written, stage variables and all
 */
public record FunctionUri(String region, String functionArn) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws:apigateway:([^:]+):lambda:path/{1,2}2015-03-31/functions/"
              + "(arn:aws:lambda:[^:]*:[^:]*:function:[^/]+)/invocations");
  private static final Pattern STAGE_VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}");

  /** Reads a URI; empty if it does not have this form. */
  public static Optional<FunctionUri> parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    return matcher.matches()
        ? Optional.of(new FunctionUri(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Returns the function's ARN with a stage's variables put in. */
  public String resolve(Map<String, String> stageVariables) {
    return STAGE_VARIABLE
        .matcher(functionArn)
        .replaceAll(
            match -> Matcher.quoteReplacement(stageVariables.getOrDefault(match.group(1), "")));
  }
}
