package dev.cloudtask.localcloud.crowd;

import java.util.List;
import java.util.Random;

/** One thing that clients do again and again, all at the same time. */
interface Activity {
  /** Returns how many of a hundred turns are this one's. */
  int share();

  /**
   * Does it once, and notes what was acknowledged.
   *
   * @param who the number of the client
   * @throws RuntimeException if the cloud answers in a way that AWS would not
   */
  void turn(int who, Random random) throws Exception;

  /** Returns what is lost, doubled or wrong when all is quiet again. */
  List<String> verify();
}
