package dev.cloudtask.localcloud.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.TestCloud;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbEnhancedTest {
  /** A task as the course keeps it. */
  @DynamoDbBean
  public static class Task {
    private String userId = "";
    private String taskId = "";
    private String title = "";
    private boolean completed;

    @DynamoDbPartitionKey
    public String getUserId() {
      return userId;
    }

    public void setUserId(String userId) {
      this.userId = userId;
    }

    @DynamoDbSortKey
    public String getTaskId() {
      return taskId;
    }

    public void setTaskId(String taskId) {
      this.taskId = taskId;
    }

    public String getTitle() {
      return title;
    }

    public void setTitle(String title) {
      this.title = title;
    }

    public boolean isCompleted() {
      return completed;
    }

    public void setCompleted(boolean completed) {
      this.completed = completed;
    }
  }

  @Test
  @DisplayName("the enhanced client keeps beans")
  void roundTrip() {
    try (TestCloud cloud = TestCloud.start()) {
      DynamoDbEnhancedClient enhanced =
          DynamoDbEnhancedClient.builder()
              .dynamoDbClient(cloud.client(DynamoDbClient.builder()))
              .build();
      DynamoDbTable<Task> table = enhanced.table("tasks", TableSchema.fromBean(Task.class));
      table.createTable(
          r -> r.provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(5L)));
      for (int i = 0; i < 3; i++) {
        Task task = new Task();
        task.setUserId("ann");
        task.setTaskId("t" + i);
        task.setTitle("title " + i);
        table.putItem(task);
      }
      Task changed = new Task();
      changed.setUserId("ann");
      changed.setTaskId("t1");
      changed.setTitle("new");
      changed.setCompleted(true);
      assertThat(table.updateItem(changed).getTitle()).isEqualTo("new");
      assertThat(
              table
                  .query(QueryConditional.keyEqualTo(Key.builder().partitionValue("ann").build()))
                  .items()
                  .stream()
                  .map(Task::getTitle))
          .containsExactly("title 0", "new", "title 2");
    }
  }
}
