package dev.cloudtask.localcloud.services.lambda;

import static dev.cloudtask.localcloud.services.lambda.FunctionBench.json;

import dev.cloudtask.functions.Scenes;
import java.util.concurrent.CountDownLatch;

/** A cloud in a process of its own, with a warm function; prints the function's process id. */
final class CloudProcess {
  private CloudProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    FunctionBench bench = new FunctionBench();
    bench.create("scenes", Scenes.class);
    System.out.println(
        json(bench.play("scenes", "machine")).getAsJsonObject().get("pid").getAsLong());
    new CountDownLatch(1).await();
    bench.close();
  }
}
