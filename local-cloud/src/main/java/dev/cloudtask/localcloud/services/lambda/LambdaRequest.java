package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.protocol.restjson.RouteTable;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Optional;

/** A request to Lambda's API whose operation is known. */
record LambdaRequest(
    ServiceCall call, RouteTable.Match<?> match, CloudEnvironment cloud, Span span) {

  Caller caller() {
    return call.caller();
  }

  Optional<String> query(String name) {
    return call.http().query().first(name).filter(value -> !value.isEmpty());
  }

  String label(String name) {
    return match.label(name);
  }

  JsonBody body() {
    return JsonBody.parse(call.http());
  }

  /** Returns the function that the path names, with the qualifier of the query. */
  FunctionRef function() {
    return FunctionRef.parse(label("FunctionName"), query("Qualifier"), cloud);
  }
}
