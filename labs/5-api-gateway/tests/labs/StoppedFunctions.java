package labs;

import dev.cloudtask.lab.Stack;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The student's functions, kept from running for as long as this is open. */
final class StoppedFunctions implements AutoCloseable {
  private final LambdaClient lambda;
  private final Map<String, @Nullable Integer> before = new HashMap<>();

  private StoppedFunctions(LambdaClient lambda) {
    this.lambda = lambda;
  }

  static StoppedFunctions of(Stack stack, LambdaClient lambda) {
    StoppedFunctions stopped = new StoppedFunctions(lambda);
    for (Stack.Resource function : stack.resourcesOfType("AWS::Lambda::Function")) {
      String name = function.physicalId();
      stopped.before.put(
          name,
          lambda.getFunctionConcurrency(r -> r.functionName(name)).reservedConcurrentExecutions());
      lambda.putFunctionConcurrency(r -> r.functionName(name).reservedConcurrentExecutions(0));
    }
    return stopped;
  }

  @Override
  public void close() {
    before.forEach(
        (name, reserved) -> {
          if (reserved == null) {
            lambda.deleteFunctionConcurrency(r -> r.functionName(name));
          } else {
            lambda.putFunctionConcurrency(
                r -> r.functionName(name).reservedConcurrentExecutions(reserved));
          }
        });
  }
}
