package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import dev.cloudtask.localcloud.protocol.restxml.RestXmlFailure;
import java.util.Collection;
import java.util.Locale;

/**
 * The answer to requests for a service or a host name that this cloud does not have. AWS has no
 * such answer (it has the service, or its DNS does not know the name), so it says what is the case,
 * in the protocol that the client seems to speak.
 */
final class NotHere {
  private NotHere() {}

  static HttpResponse answer(
      HttpRequest request, String what, Collection<String> services, String requestId) {
    AwsException refusal =
        new AwsException(
            NotEmulated.CODE,
            501,
            "local-cloud has nothing at "
                + what
                + ". The services it emulates are: "
                + String.join(", ", services)
                + ".");
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean xml = type.contains("xml") || type.startsWith("application/x-www-form-urlencoded");
    return xml
        ? RestXmlFailure.wrapped(refusal, requestId, "")
        : RestJson.failure(refusal, requestId, "message");
  }
}
