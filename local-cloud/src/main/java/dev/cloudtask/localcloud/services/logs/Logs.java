package dev.cloudtask.localcloud.services.logs;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.trace.Span;
import java.util.List;

/** CloudWatch Logs: the service, and where other services' log lines go. */
public final class Logs implements CloudService, LogSink {
  private static final String REFUSED =
      """
      AssociateKmsKey AssociateSourceToS3TableIntegration CancelExportTask CancelImportTask
      CreateDelivery CreateExportTask CreateImportTask CreateLogAnomalyDetector
      CreateLookupTable CreateScheduledQuery DeleteAccountPolicy DeleteDataProtectionPolicy
      DeleteDelivery DeleteDeliveryDestination DeleteDeliveryDestinationPolicy
      DeleteDeliverySource DeleteDestination DeleteIndexPolicy DeleteIntegration
      DeleteLogAnomalyDetector DeleteLookupTable DeleteMetricFilter DeleteQueryDefinition
      DeleteResourcePolicy DeleteScheduledQuery DeleteSubscriptionFilter DeleteTransformer
      DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries
      DescribeDeliveryDestinations DescribeDeliverySources DescribeDestinations
      DescribeExportTasks DescribeFieldIndexes DescribeImportTaskBatches DescribeImportTasks
      DescribeIndexPolicies DescribeLookupTables DescribeQueries DescribeQueryDefinitions
      DescribeResourcePolicies DisassociateKmsKey DisassociateSourceFromS3TableIntegration
      GetDataProtectionPolicy GetDelivery GetDeliveryDestination GetDeliveryDestinationPolicy
      GetDeliverySource GetIntegration GetLogAnomalyDetector GetLogFields GetLogGroupFields
      GetLogObject GetLogRecord GetLookupTable GetQueryResults GetScheduledQuery
      GetScheduledQueryHistory GetTransformer ListAggregateLogGroupSummaries ListAnomalies
      ListIntegrations ListLogAnomalyDetectors ListLogGroupsForQuery ListScheduledQueries
      ListSourcesForS3TableIntegration PutAccountPolicy PutBearerTokenAuthentication
      PutDataProtectionPolicy PutDeliveryDestination PutDeliveryDestinationPolicy
      PutDeliverySource PutDestination PutDestinationPolicy PutIndexPolicy PutIntegration
      PutLogGroupDeletionProtection PutMetricFilter PutQueryDefinition PutResourcePolicy
      PutSubscriptionFilter PutTransformer StartLiveTail StartQuery StopQuery TestMetricFilter
      TestTransformer UpdateAnomaly UpdateDeliveryConfiguration UpdateLogAnomalyDetector
      UpdateLookupTable UpdateScheduledQuery
      """;

  private final AwsJson<ServiceCall> table;
  private final LogLines lines;
  private final List<ResourceProvider> resources;

  /** Builds the service over the cloud's state. */
  public Logs(CloudEnvironment environment, Authorizer authorizer) {
    LogStore store = new LogStore(environment);
    LogAccess access = new LogAccess(authorizer, store);
    AwsJson.Builder<ServiceCall> builder = AwsJson.builder("logs", "Logs_20140328", "1.1");
    new GroupOperations(store, access).register(builder);
    new StreamOperations(store, access).register(builder);
    new EventOperations(store, access).register(builder);
    table = builder.bodyLimit(8 * 1024 * 1024).refuse(REFUSED.strip().split("\\s+")).build();
    lines = new LogLines(store, authorizer);
    resources = List.of(new LogGroupResource(store, access));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return new Endpoint(table);
  }

  @Override
  public Operations operations() {
    return Operations.of(table.operations(), table.refused());
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public boolean write(Caller writer, String logGroup, String logStream, List<LogEvent> events) {
    return lines.write(writer, logGroup, logStream, events);
  }

  /** The API as the front desk sees it. */
  private record Endpoint(AwsJson<ServiceCall> table) implements ServiceEndpoint {
    @Override
    public String signingName() {
      return "logs";
    }

    @Override
    public boolean recognises(HttpRequest request) {
      return table.recognises(request);
    }

    @Override
    public HttpResponse handle(ServiceCall call) {
      try (Span span = call.span().child("logs", table.operation(call.http()).orElse("unknown"))) {
        ServiceCall own = call.in(span);
        return table.handle(call.http(), call.requestId(), own);
      }
    }

    @Override
    public HttpResponse failure(AwsException failure, ServiceCall call) {
      return table.failure(failure, call.requestId());
    }
  }
}
