package dev.cloudtask.localcloud.cloudformation.resource;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Map;

/**
 * What the engine asks of a provider.
 *
 * @param stackId the stack's ARN
 * @param stackName the stack's name
 * @param logicalId the resource's logical id
 * @param properties the resolved properties: no intrinsic function is left; scalars are JSON
 *     strings, numbers or booleans as written, already converted to the type the schema names
 * @param generatedName a physical name for this resource if the template gives none, in
 *     CloudFormation's form (STACK-LOGICALID-RANDOM) and in the letter case usual for the type; the
 *     same for one creation
 * @param tags the stack's tags and CloudFormation's own three
 * @param caller whose rights the stack has
 * @param span where to record what is done
 */
public record ResourceRequest(
    String stackId,
    String stackName,
    String logicalId,
    JsonObject properties,
    String generatedName,
    Map<String, String> tags,
    Caller caller,
    Span span) {}
