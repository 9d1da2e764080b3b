package dev.cloudtask.localcloud.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sockets of processes that others could reach, from Linux's own tables. */
final class OpenSockets {
  private static final String LISTEN = "0A";
  private static final String LOOPBACK_4 = "0100007F";
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";
  private static final String LOOPBACK_4_IN_6 = "0000000000000000FFFF00000100007F";

  private OpenSockets() {}

  /**
   * Returns the addresses, in hexadecimal, at which TCP connections are taken or datagrams read.
   */
  static List<String> of(List<ProcessHandle> processes) throws IOException {
    Set<String> inodes = new HashSet<>();
    for (ProcessHandle process : processes) {
      inodes.addAll(socketInodes(process.pid()));
    }
    List<String> open = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] columns = line.strip().split("\\s+");
        boolean opens = table.startsWith("udp") || columns[3].equals(LISTEN);
        if (opens && inodes.contains(columns[9])) {
          open.add(columns[1].substring(0, columns[1].indexOf(':')));
        }
      }
    }
    return open;
  }

  static boolean isLoopback(String address) {
    return address.equals(LOOPBACK_4)
        || address.equals(LOOPBACK_6)
        || address.equals(LOOPBACK_4_IN_6);
  }

  private static Set<String> socketInodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files.toList()) {
        String target = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }
}
