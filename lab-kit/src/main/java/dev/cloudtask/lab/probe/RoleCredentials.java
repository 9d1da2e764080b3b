package dev.cloudtask.lab.probe;

import java.util.Map;
import java.util.TreeMap;

/**
 * A function that tells in whose name it runs. It is deployed by itself and needs no library: this
 * class is all of its package.
 */
public final class RoleCredentials {
  /**
   * Returns the credentials that Lambda gave it, by the names of the variables.
   *
   * @param event anything
   */
  public Map<String, String> read(Map<String, String> event) {
    Map<String, String> credentials = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.equals("AWS_ACCESS_KEY_ID")
                  || name.equals("AWS_SECRET_ACCESS_KEY")
                  || name.equals("AWS_SESSION_TOKEN")) {
                credentials.put(name, value);
              }
            });
    return credentials;
  }
}
