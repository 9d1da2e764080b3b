package dev.cloudtask.localcloud.death;

import java.util.Locale;

/** The figures of many kills, as a table. */
final class KillReport {
  private final StringBuilder rows = new StringBuilder();
  private final long seed;
  private int rounds;
  private long acknowledged;
  private long wrong;
  private long largest;
  private long end;

  KillReport(long seed) {
    this.seed = seed;
  }

  void add(int round, int millis, long newlyAcknowledged, long fileBytes, int wrongNow) {
    rounds = round;
    acknowledged += newlyAcknowledged;
    wrong += wrongNow;
    largest = Math.max(largest, fileBytes);
    rows.append(
        String.format(
            Locale.ROOT,
            "| %d | %d | %d | %.1f | %d |%n",
            round,
            millis,
            newlyAcknowledged,
            fileBytes / 1e6,
            wrongNow));
  }

  /** Notes the file's size after an orderly end. */
  void end(long fileBytes) {
    end = fileBytes;
  }

  String text() {
    return String.format(
            Locale.ROOT,
            """
            # kill -9 of the cloud, %d times

            Six clients write into one cloud (items of two users, transactions over two tables,
            tables with an index made and deleted, users signing up, objects up to 9 MB); its
            process is killed at a random moment, started again on the same folder, and everything
            is compared with what the clients were told. `KilledCloudTest`, seed %d.

            - kills: %d
            - acknowledged writes: %d
            - lost, half done or come from nowhere: %d
            - largest state file at a kill: %.1f MB; after an orderly end: %.1f MB

            | kill | after ms | acknowledged | file MB | wrong |
            |---:|---:|---:|---:|---:|
            """,
            rounds,
            seed,
            rounds,
            acknowledged,
            wrong,
            largest / 1e6,
            end / 1e6)
        + rows;
  }
}
