package dev.cloudtask.lambdaruntime;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The function that a booted JVM is to be: all of its environment variables, {@code _HANDLER} and
 * {@code AWS_LAMBDA_RUNTIME_API} among them. Handed over on standard input, so that it is on no
 * command line and in no process listing.
 *
 * @param newestClassFile the newest class file version that the runtime it names would load
 * @param environment the variables, in the order the function sees them
 */
public record Assignment(int newestClassFile, Map<String, String> environment) {
  /** Writes it for {@link #read}. */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(newestClassFile);
    out.writeInt(environment.size());
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      writeText(out, variable.getKey());
      writeText(out, variable.getValue());
    }
    out.flush();
  }

  /** Reads one; blocks until it is there. */
  static Assignment read(DataInputStream in) throws IOException {
    int newestClassFile = in.readInt();
    int count = in.readInt();
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = readText(in);
      environment.put(name, readText(in));
    }
    return new Assignment(newestClassFile, environment);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
