package dev.cloudtask.localcloud.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.services.iam.Iam;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Tracer;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DynamoDbTableResourceTest {
  private static final String KEYS =
      "'AttributeDefinitions':[{'AttributeName':'userId','AttributeType':'S'},"
          + "{'AttributeName':'taskId','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'userId','KeyType':'HASH'},"
          + "{'AttributeName':'taskId','KeyType':'RANGE'}],'BillingMode':'PAY_PER_REQUEST'";

  private final CloudEnvironment environment =
      new CloudEnvironment(
          "000000000000",
          "us-east-1",
          Clock.systemUTC(),
          new Ids(new Random(1)),
          MvStateStore.inMemory(),
          new Tracer());
  private final ResourceProvider provider =
      new DynamoDb(environment, new Iam(environment)).resources().get(0);

  private static JsonObject properties(String json) {
    return JsonParser.parseString("{" + json + "}").getAsJsonObject();
  }

  private static ResourceRequest request(JsonObject properties) {
    return new ResourceRequest(
        "arn:aws:cloudformation:us-east-1:000000000000:stack/s/1",
        "s",
        "Table",
        properties,
        "s-Table-ABC",
        Map.of("team", "a"),
        new Caller.Root("000000000000"),
        Span.detached("cloudformation", "create"));
  }

  private TableDefinition table(String name) {
    return new TableStore(environment.store()).require(name);
  }

  @Test
  @Fact("CFN-043")
  @DisplayName("Ref is the table's name; StreamArn is there only with a stream")
  void create() {
    ResourceState plain = provider.create(request(properties(KEYS)));
    assertThat(plain.ref()).isEqualTo("s-Table-ABC");
    assertThat(plain.attributes().toString())
        .isEqualTo("{\"Arn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/s-Table-ABC\"}");
    ResourceState streamed =
        provider.create(
            request(
                properties(
                    KEYS
                        + ",'TableName':'streamed','StreamSpecification':{'StreamViewType':"
                        + "'NEW_IMAGE'}")));
    assertThat(streamed.attributes().get("StreamArn").getAsString())
        .startsWith("arn:aws:dynamodb:us-east-1:000000000000:table/streamed/stream/");
  }

  @Test
  @DisplayName("bad keys fail with CreateTable's own words, and nothing is left")
  void create_refused() {
    JsonObject bad =
        properties(
            "'AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'userId','KeyType':'HASH'}],"
                + "'BillingMode':'PAY_PER_REQUEST'");
    assertThatThrownBy(() -> provider.create(request(bad)))
        .hasMessage(
            "One or more parameter values were invalid: Some index key attributes are not defined"
                + " in AttributeDefinitions. Keys: [userId], AttributeDefinitions: [x]");
    assertThat(new TableStore(environment.store()).names()).isEmpty();
  }

  @Test
  @DisplayName("an update changes in place what changed, indexes too, and a delete leaves nothing")
  void update() {
    JsonObject before = properties(KEYS);
    ResourceState state = provider.create(request(before));
    JsonObject after =
        properties(
            KEYS.replace(
                    "{'AttributeName':'taskId','AttributeType':'S'}]",
                    "{'AttributeName':'taskId','AttributeType':'S'},"
                        + "{'AttributeName':'due','AttributeType':'S'}]")
                + ",'GlobalSecondaryIndexes':[{'IndexName':'byDue','KeySchema':[{'AttributeName':"
                + "'due','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}],"
                + "'PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true},"
                + "'TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true},"
                + "'DeletionProtectionEnabled':true,'Tags':[{'Key':'k','Value':'v'}]");
    provider.update(request(after), state, before);
    assertThat(table("s-Table-ABC"))
        .satisfies(
            table -> {
              assertThat(table.index("byDue")).isPresent();
              assertThat(table.settings().recoverableSince()).isNotNull();
              assertThat(table.settings().expiryAttribute()).isEqualTo("ttl");
              assertThat(table.settings().deletionProtection()).isTrue();
              assertThat(table.tags()).isEqualTo(Map.of("team", "a", "k", "v"));
            });
    provider.update(request(before), state, after);
    assertThat(table("s-Table-ABC"))
        .satisfies(
            table -> {
              assertThat(table.indexes()).isEmpty();
              assertThat(table.settings().recoverableSince()).isNull();
              assertThat(table.settings().expiryAttribute()).isNull();
            });
    provider.delete(request(before), state);
    provider.delete(request(before), state);
    assertThat(new TableStore(environment.store()).names()).isEmpty();
  }
}
