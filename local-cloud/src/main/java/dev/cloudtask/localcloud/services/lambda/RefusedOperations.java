package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.protocol.restjson.RouteTable;

/** Operations that Lambda has and this cloud refuses by name. */
final class RefusedOperations {
  private RefusedOperations() {}

  static RouteTable<String> table() {
    String url = "/2021-10-31/functions/{FunctionName}/url";
    String invokeConfig = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    String provisioned = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";
    String mappings = "/2015-03-31/event-source-mappings";
    String layers = "/2018-10-31/layers";
    String signing = "/2020-04-22/code-signing-configs";
    String functionSigning = "/2020-06-30/functions/{FunctionName}/code-signing-config";
    RouteTable<String> table = new RouteTable<>();
    add(table, "POST", url, "CreateFunctionUrlConfig");
    add(table, "GET", url, "GetFunctionUrlConfig");
    add(table, "PUT", url, "UpdateFunctionUrlConfig");
    add(table, "DELETE", url, "DeleteFunctionUrlConfig");
    add(table, "GET", "/2021-10-31/functions/{FunctionName}/urls", "ListFunctionUrlConfigs");
    add(table, "PUT", invokeConfig, "PutFunctionEventInvokeConfig");
    add(table, "GET", invokeConfig, "GetFunctionEventInvokeConfig");
    add(table, "POST", invokeConfig, "UpdateFunctionEventInvokeConfig");
    add(table, "DELETE", invokeConfig, "DeleteFunctionEventInvokeConfig");
    add(table, "GET", invokeConfig + "/list", "ListFunctionEventInvokeConfigs");
    add(table, "PUT", provisioned, "PutProvisionedConcurrencyConfig");
    add(table, "GET", provisioned, "GetProvisionedConcurrencyConfig");
    add(table, "DELETE", provisioned, "DeleteProvisionedConcurrencyConfig");
    add(table, "GET", provisioned + "?List=ALL", "ListProvisionedConcurrencyConfigs");
    add(table, "POST", mappings, "CreateEventSourceMapping");
    add(table, "GET", mappings, "ListEventSourceMappings");
    add(table, "GET", mappings + "/{UUID}", "GetEventSourceMapping");
    add(table, "PUT", mappings + "/{UUID}", "UpdateEventSourceMapping");
    add(table, "DELETE", mappings + "/{UUID}", "DeleteEventSourceMapping");
    add(table, "GET", layers, "ListLayers");
    add(table, "GET", layers + "?find=LayerVersion", "GetLayerVersionByArn");
    add(table, "POST", layers + "/{LayerName}/versions", "PublishLayerVersion");
    add(table, "GET", layers + "/{LayerName}/versions", "ListLayerVersions");
    add(table, "GET", layers + "/{LayerName}/versions/{Version}", "GetLayerVersion");
    add(table, "DELETE", layers + "/{LayerName}/versions/{Version}", "DeleteLayerVersion");
    add(
        table,
        "POST",
        layers + "/{LayerName}/versions/{Version}/policy",
        "AddLayerVersionPermission");
    add(table, "GET", layers + "/{LayerName}/versions/{Version}/policy", "GetLayerVersionPolicy");
    add(
        table,
        "DELETE",
        layers + "/{LayerName}/versions/{Version}/policy/{StatementId}",
        "RemoveLayerVersionPermission");
    add(table, "POST", signing, "CreateCodeSigningConfig");
    add(table, "GET", signing, "ListCodeSigningConfigs");
    add(table, "GET", signing + "/{Arn}", "GetCodeSigningConfig");
    add(table, "PUT", signing + "/{Arn}", "UpdateCodeSigningConfig");
    add(table, "DELETE", signing + "/{Arn}", "DeleteCodeSigningConfig");
    add(table, "GET", signing + "/{Arn}/functions", "ListFunctionsByCodeSigningConfig");
    add(table, "PUT", functionSigning, "PutFunctionCodeSigningConfig");
    add(table, "GET", functionSigning, "GetFunctionCodeSigningConfig");
    add(table, "DELETE", functionSigning, "DeleteFunctionCodeSigningConfig");
    add(
        table,
        "POST",
        "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
        "InvokeWithResponseStream");
    add(
        table,
        "PUT",
        "/2021-07-20/functions/{FunctionName}/runtime-management-config",
        "PutRuntimeManagementConfig");
    add(
        table,
        "GET",
        "/2021-07-20/functions/{FunctionName}/runtime-management-config",
        "GetRuntimeManagementConfig");
    add(
        table,
        "PUT",
        "/2024-08-31/functions/{FunctionName}/recursion-config",
        "PutFunctionRecursionConfig");
    add(
        table,
        "GET",
        "/2024-08-31/functions/{FunctionName}/recursion-config",
        "GetFunctionRecursionConfig");
    addCapacity(table);
    addDurable(table);
    return table;
  }

  private static void addCapacity(RouteTable<String> table) {
    String providers = "/2025-11-30/capacity-providers";
    String provider = providers + "/{CapacityProviderName}";
    String scaling = "/2025-11-30/functions/{FunctionName}/function-scaling-config";
    add(table, "POST", providers, "CreateCapacityProvider");
    add(table, "GET", providers, "ListCapacityProviders");
    add(table, "GET", provider, "GetCapacityProvider");
    add(table, "PUT", provider, "UpdateCapacityProvider");
    add(table, "DELETE", provider, "DeleteCapacityProvider");
    add(table, "GET", provider + "/function-versions", "ListFunctionVersionsByCapacityProvider");
    add(table, "GET", scaling, "GetFunctionScalingConfig");
    add(table, "PUT", scaling, "PutFunctionScalingConfig");
  }

  private static void addDurable(RouteTable<String> table) {
    String execution = "/2025-12-01/durable-executions/{DurableExecutionArn}";
    String callback = "/2025-12-01/durable-execution-callbacks/{CallbackId}";
    add(table, "GET", execution, "GetDurableExecution");
    add(table, "POST", execution + "/checkpoint", "CheckpointDurableExecution");
    add(table, "GET", execution + "/history", "GetDurableExecutionHistory");
    add(table, "GET", execution + "/state", "GetDurableExecutionState");
    add(table, "POST", execution + "/stop", "StopDurableExecution");
    add(table, "POST", callback + "/fail", "SendDurableExecutionCallbackFailure");
    add(table, "POST", callback + "/heartbeat", "SendDurableExecutionCallbackHeartbeat");
    add(table, "POST", callback + "/succeed", "SendDurableExecutionCallbackSuccess");
    add(
        table,
        "GET",
        "/2025-12-01/functions/{FunctionName}/durable-executions",
        "ListDurableExecutionsByFunction");
  }

  private static void add(
      RouteTable<String> table, String method, String template, String operation) {
    table.add(method, template, operation, operation);
  }
}
