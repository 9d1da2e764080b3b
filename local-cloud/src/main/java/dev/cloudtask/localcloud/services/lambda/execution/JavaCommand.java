package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.lambdaruntime.ArchiveTrainer;
import dev.cloudtask.lambdaruntime.FunctionMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the JVMs of functions are started: the options AWS's managed runtimes use, and ours. */
final class JavaCommand {
  private static final int UNSAFE_WARNS_SINCE = 23;

  private final List<Path> runtime;
  private final ClassArchives archives;

  JavaCommand(List<Path> runtime, ClassArchives archives) {
    this.runtime = runtime;
    this.archives = archives;
  }

  /** Returns the archive to use for a spec, if there is a sound one. */
  Optional<Path> archive(JvmSpec spec) {
    return archives.find(libraryPath(spec));
  }

  /** Deletes the archive of a spec: a JVM died of it. */
  void condemn(JvmSpec spec) {
    archives.condemn(libraryPath(spec));
  }

  /** Returns the command that starts a function's JVM. */
  List<String> function(
      JvmSpec spec, Sandbox sandbox, Optional<Path> archive, String secret, boolean warm) {
    List<String> command = new ArrayList<>(base());
    command.add("-Xmx" + spec.heapKib() + "k");
    if (!spec.hasOptions()) {
      command.add("-Xlog:disable"); // a JVM's remark about an archive is not the function's log
    }
    archive.ifPresentOrElse(
        file -> command.add(ClassArchives.useOption(file)),
        () -> command.add(ClassArchives.logOption(sandbox.classLog())));
    if (Runtime.version().feature() >= UNSAFE_WARNS_SINCE) {
      command.add("--sun-misc-unsafe-memory-access=allow"); // see EnvironmentVariables
    }
    command.add("-Duser.home=" + sandbox.home());
    command.add("-Djava.io.tmpdir=" + sandbox.tmp());
    command.add("-XX:ErrorFile=" + sandbox.tmp().resolve("hs_err.log"));
    command.add("-Dfile.encoding=UTF-8");
    command.add("-cp");
    // The function's folder comes last: what is before it is what the archive was made of.
    command.add(classPath(Stream.concat(libraryPath(spec).stream(), Stream.of(sandbox.task()))));
    command.add(FunctionMain.class.getName());
    command.add(secret);
    if (warm) {
      command.add("warm");
    }
    return command;
  }

  /**
   * Returns the command that makes an archive.
   *
   * @param classList what shall be in it; the command finds it in its standard input too
   */
  List<String> trainer(JvmSpec spec, Path archive, Path classList) {
    List<String> command = new ArrayList<>(base());
    command.add("-Xmx256m");
    command.add("-Xlog:disable");
    command.addAll(ClassArchives.makeOptions(archive, classList));
    command.add("-cp");
    command.add(classPath(libraryPath(spec).stream()));
    command.add(ArchiveTrainer.class.getName());
    return command;
  }

  List<Path> libraryPath(JvmSpec spec) {
    return Stream.concat(runtime.stream(), spec.libraries().stream()).toList();
  }

  /**
   * Empties the environment but for what a JVM reads at its start and a system cannot do without.
   */
  static void environment(ProcessBuilder builder, JvmSpec spec, Sandbox sandbox) {
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.toUpperCase(Locale.ROOT).equals("SYSTEMROOT"));
    environment.put("PATH", "/usr/local/bin:/usr/bin/:/bin");
    environment.put("HOME", sandbox.home().toString());
    environment.put("TZ", "UTC");
    // File names are UTF-8 whether or not the locale that functions see is installed here.
    environment.put("LC_ALL", isMac() ? "en_US.UTF-8" : "C.UTF-8");
    environment.putAll(spec.variables());
    if (environment.getOrDefault("LANG", "").equals("en_US.UTF-8")) {
      environment.put("LC_ALL", isMac() ? "en_US.UTF-8" : "C.UTF-8");
    }
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
  }

  private static List<String> base() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData");
  }

  private static String classPath(Stream<Path> entries) {
    return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
