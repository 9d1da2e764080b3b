package dev.cloudtask.localcloud.crowd;

import dev.cloudtask.localcloud.death.ChildCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of one's own, and names that all want and one gets. */
final class Objects implements Activity {
  private final S3Client s3;
  private final Map<String, String> written = new ConcurrentHashMap<>();
  private final AtomicInteger race = new AtomicInteger();
  private final Map<String, Integer> winners = new ConcurrentHashMap<>();

  Objects(ChildCloud cloud) {
    s3 = cloud.client(S3Client.builder().forcePathStyle(true));
    s3.createBucket(b -> b.bucket("crowd"));
  }

  @Override
  public int share() {
    return 25;
  }

  @Override
  public void turn(int who, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> race(who);
      case 1 -> {
        String list = "client-" + who + "/";
        long found = s3.listObjectsV2(l -> l.bucket("crowd").prefix(list)).keyCount();
        long mine = written.keySet().stream().filter(key -> key.startsWith(list)).count();
        if (found != Math.min(mine, 1_000)) {
          throw new IllegalStateException("client sees " + found + " of " + mine);
        }
      }
      default -> {
        String key = "client-" + who + "/" + random.nextInt(50);
        String text = Long.toHexString(random.nextLong()).repeat(1 + random.nextInt(200));
        s3.putObject(p -> p.bucket("crowd").key(key), RequestBody.fromString(text));
        written.put(key, text);
        String back = s3.getObjectAsBytes(g -> g.bucket("crowd").key(key)).asUtf8String();
        if (!back.equals(text)) {
          throw new IllegalStateException("what came back of " + key + " is not what was put");
        }
      }
    }
  }

  /** A hundred tries for each name, of whatever client: the first one gets it. */
  private void race(int who) {
    String key = "race/" + race.getAndIncrement() / 100;
    try {
      s3.putObject(
          p -> p.bucket("crowd").key(key).ifNoneMatch("*"), RequestBody.fromString("" + who));
      winners.merge(key, 1, Integer::sum);
    } catch (S3Exception e) {
      if (e.statusCode() != 412 && e.statusCode() != 409) {
        throw e;
      }
    }
  }

  @Override
  public List<String> verify() {
    List<String> wrong = new ArrayList<>();
    Set<String> there =
        s3.listObjectsV2Paginator(l -> l.bucket("crowd")).contents().stream()
            .map(S3Object::key)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> due = new TreeSet<>(written.keySet());
    due.addAll(winners.keySet());
    if (!there.equals(due)) {
      wrong.add(due.size() + " keys were written, " + there.size() + " are there");
    }
    winners.forEach(
        (key, wins) -> {
          if (wins != 1) {
            wrong.add(key + " was won " + wins + " times");
          }
        });
    written.forEach(
        (key, text) -> {
          if (!s3.getObjectAsBytes(g -> g.bucket("crowd").key(key)).asUtf8String().equals(text)) {
            wrong.add(key + " is not what was put last");
          }
        });
    return wrong;
  }
}
