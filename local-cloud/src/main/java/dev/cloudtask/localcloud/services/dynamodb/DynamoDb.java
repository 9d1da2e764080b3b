package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.util.List;
import java.util.Set;

/** DynamoDB as the cloud plugs it in. */
public final class DynamoDb implements CloudService {
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  /** Nothing expires, and nothing is backed up. */
  private static final Set<String> STORED_ONLY =
      Set.of("UpdateTimeToLive", "UpdateContinuousBackups");

  private final AwsJson<DynamoDbCall> operations;
  private final DynamoDbTableResource tableResource;

  /**
   * Creates the service.
   *
   * @param authorizer who decides what callers may do
   */
  public DynamoDb(CloudEnvironment environment, Authorizer authorizer) {
    TableStore tables = new TableStore(environment.store());
    Access access = new Access(environment, authorizer);
    ItemOperations items = new ItemOperations(environment.store(), tables, access);
    QueryOperations queries = new QueryOperations(tables, access);
    BatchOperations batches = new BatchOperations(environment.store(), tables, access, items);
    TransactionOperations transactions =
        new TransactionOperations(environment.store(), tables, access, items);
    TableOperations tableOperations = new TableOperations(environment, tables, access);
    TableSettings settings = new TableSettings(environment, tables, access);
    operations =
        AwsJson.<DynamoDbCall>builder("dynamodb", "DynamoDB_20120810", "1.0")
            .errorForm(DynamoDbErrors.FORM)
            .structuredDetails("Item", "CancellationReasons")
            .bodyLimit(BODY_LIMIT)
            .crc32()
            .operation("GetItem", items::get)
            .operation("PutItem", items::put)
            .operation("UpdateItem", items::update)
            .operation("DeleteItem", items::delete)
            .operation("Query", queries::query)
            .operation("Scan", queries::scan)
            .operation("BatchGetItem", batches::get)
            .operation("BatchWriteItem", batches::write)
            .operation("TransactGetItems", transactions::get)
            .operation("TransactWriteItems", transactions::write)
            .operation("CreateTable", tableOperations::create)
            .operation("DescribeTable", tableOperations::describe)
            .operation("ListTables", tableOperations::list)
            .operation("UpdateTable", tableOperations::update)
            .operation("DeleteTable", tableOperations::delete)
            .operation("DescribeTimeToLive", settings::describeTimeToLive)
            .operation("UpdateTimeToLive", settings::updateTimeToLive)
            .operation("DescribeContinuousBackups", settings::describeContinuousBackups)
            .operation("UpdateContinuousBackups", settings::updateContinuousBackups)
            .operation("TagResource", settings::tag)
            .operation("UntagResource", settings::untag)
            .operation("ListTagsOfResource", settings::listTags)
            .operation("DescribeLimits", settings::describeLimits)
            .operation("DescribeEndpoints", settings::describeEndpoints)
            .refuse("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction")
            .refuse("CreateBackup", "DeleteBackup", "DescribeBackup", "ListBackups")
            .refuse("RestoreTableFromBackup", "RestoreTableToPointInTime")
            .refuse("ExportTableToPointInTime", "DescribeExport", "ListExports")
            .refuse("ImportTable", "DescribeImport", "ListImports")
            .refuse("CreateGlobalTable", "DescribeGlobalTable", "ListGlobalTables")
            .refuse("UpdateGlobalTable", "UpdateGlobalTableSettings")
            .refuse("DescribeGlobalTableSettings")
            .refuse("DescribeTableReplicaAutoScaling", "UpdateTableReplicaAutoScaling")
            .refuse("DescribeContributorInsights", "ListContributorInsights")
            .refuse("UpdateContributorInsights")
            .refuse("DescribeKinesisStreamingDestination", "UpdateKinesisStreamingDestination")
            .refuse("EnableKinesisStreamingDestination", "DisableKinesisStreamingDestination")
            .refuse("GetResourcePolicy", "PutResourcePolicy", "DeleteResourcePolicy")
            .build();
    tableResource =
        new DynamoDbTableResource(environment, tables, tableOperations, settings, access);
  }

  @Override
  public ServiceEndpoint endpoint() {
    return new Endpoint();
  }

  @Override
  public Operations operations() {
    return Operations.of(operations.operations(), operations.refused(), STORED_ONLY);
  }

  @Override
  public List<ResourceProvider> resources() {
    return List.of(tableResource);
  }

  private final class Endpoint implements ServiceEndpoint {
    @Override
    public String signingName() {
      return "dynamodb";
    }

    @Override
    public boolean recognises(HttpRequest request) {
      return operations.recognises(request);
    }

    @Override
    public HttpResponse handle(ServiceCall call) {
      operations.operation(call.http()).ifPresent(name -> call.span().note("operation", name));
      return operations.handle(
          call.http(), call.requestId(), new DynamoDbCall(call.caller(), call.at(), call.span()));
    }

    @Override
    public HttpResponse failure(AwsException failure, ServiceCall call) {
      call.span().fail(failure.code() + ": " + failure.message());
      return operations.failure(failure, call.requestId());
    }
  }
}
