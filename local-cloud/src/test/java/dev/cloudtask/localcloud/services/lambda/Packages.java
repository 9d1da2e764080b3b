package dev.cloudtask.localcloud.services.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes code packages out of test classes. */
final class Packages {
  private Packages() {}

  /** Returns a zip with these classes and those nested in them at its root. */
  static byte[] of(Class<?>... classes) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Class<?> type : classes) {
      add(files, type);
    }
    return zip(files);
  }

  private static void add(Map<String, byte[]> files, Class<?> type) {
    String path = type.getName().replace('.', '/') + ".class";
    files.put(path, bytes(path));
    for (Class<?> nested : type.getDeclaredClasses()) {
      add(files, nested);
    }
  }

  /** Returns the bytes of a class file. */
  static byte[] bytes(String path) {
    try (InputStream in = Packages.class.getClassLoader().getResourceAsStream(path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a zip of files by their names. */
  static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns a zip with one text file. */
  static byte[] text(String name, String content) {
    return zip(Map.of(name, content.getBytes(StandardCharsets.UTF_8)));
  }
}
