package dev.cloudtask.localcloud.death;

import java.util.List;

/** One client that writes until the cloud dies, and then looks at what is there. */
interface Writer {
  /** Makes ready what it needs, once, in a cloud that lives. */
  void prepare(ChildCloud cloud);

  /**
   * Sends requests for ever.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the cloud is gone
   */
  void write(ChildCloud cloud);

  /** Returns what is wrong in a cloud that was started again. */
  List<String> verify(ChildCloud cloud);

  /** Returns how many of its requests were acknowledged. */
  long acknowledged();
}
