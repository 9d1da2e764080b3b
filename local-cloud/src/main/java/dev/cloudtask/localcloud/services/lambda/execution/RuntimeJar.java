package dev.cloudtask.localcloud.services.lambda.execution;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.cloudtask.lambdaruntime.FunctionMain;
import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What every function's JVM has on its class path before the function: our runtime, packed out of
 * wherever this process has its own classes from (a jar or a folder of classes), and Amazon's two
 * libraries.
 */
final class RuntimeJar {
  private static final String OURS = "dev/cloudtask/lambdaruntime/";
  private static final String AMAZONS = "com/amazonaws/";

  private RuntimeJar() {}

  /** Returns the class path, packing the runtime into the cache if it is not yet there. */
  static List<Path> classPath(Path cache) {
    Path home = originOf(FunctionMain.class);
    Set<Path> libraries = new LinkedHashSet<>();
    libraries.add(originOf(LambdaRuntime.class));
    libraries.add(originOf(PojoSerializer.class));
    boolean shaded = libraries.remove(home); // all in one jar: then Amazon's classes are packed too
    byte[] jar = pack(home, shaded ? List.of(OURS, AMAZONS) : List.of(OURS));
    Path file = cache.resolve("runtime").resolve(Sha256.hex(jar).substring(0, 32) + ".jar");
    if (!Files.exists(file)) {
      PrivateFiles.write(file, jar);
    }
    List<Path> classPath = new ArrayList<>();
    classPath.add(file);
    classPath.addAll(libraries);
    return List.copyOf(classPath);
  }

  private static Path originOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + type + " comes from", e);
    }
  }

  private static byte[] pack(Path home, List<String> prefixes) {
    try {
      if (Files.isDirectory(home)) {
        return pack(home, prefixes, new ByteArrayOutputStream());
      }
      try (FileSystem jar = FileSystems.newFileSystem(home)) {
        return pack(jar.getPath("/"), prefixes, new ByteArrayOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read local-cloud's own classes in " + home, e);
    }
  }

  private static byte[] pack(Path root, List<String> prefixes, ByteArrayOutputStream bytes)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String prefix : prefixes) {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root.resolve(prefix))) {
          files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
          ZipEntry entry = new ZipEntry(root.relativize(file).toString().replace('\\', '/'));
          entry.setTime(0); // the same classes give the same jar
          zip.putNextEntry(entry);
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }
}
