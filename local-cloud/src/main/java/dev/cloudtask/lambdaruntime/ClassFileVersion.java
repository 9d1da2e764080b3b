package dev.cloudtask.lambdaruntime;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a handler compiled for a newer Java than the runtime it names, as that runtime would. */
final class ClassFileVersion {
  private ClassFileVersion() {}

  /**
   * Checks the handler's class, if it is there at all.
   *
   * @param newest the newest major version the named runtime loads: 65 for Java 21
   */
  static void check(String className, ClassLoader loader, int newest) {
    String resource = className.replace('.', '/');
    try (InputStream file = loader.getResourceAsStream(resource.concat(".class"))) {
      if (file == null) {
        return;
      }
      DataInputStream data = new DataInputStream(file);
      data.readInt();
      int minor = data.readUnsignedShort();
      int major = data.readUnsignedShort();
      if (major > newest) {
        throw new UnsupportedClassVersionError(
            resource
                + " has been compiled by a more recent version of the Java Runtime (class file"
                + " version "
                + major
                + "."
                + minor
                + "), this version of the Java Runtime only recognizes class file versions up to "
                + newest
                + ".0");
      }
    } catch (IOException e) {
      throw new NoClassDefFoundError(resource);
    }
  }
}
