package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of one execution environment: {@code task} is its current folder and the end of its
 * class path (AWS's {@code /var/task}), {@code tmp} survives when its JVM is replaced (AWS's {@code
 * /tmp}), {@code home} is empty: nothing of the user's is in it.
 */
record Sandbox(Path root) {
  static Sandbox create(Path root) {
    Sandbox sandbox = new Sandbox(root);
    PrivateFiles.folder(sandbox.task());
    PrivateFiles.folder(sandbox.tmp());
    PrivateFiles.folder(sandbox.home());
    return sandbox;
  }

  Path task() {
    return root.resolve("task");
  }

  Path tmp() {
    return root.resolve("tmp");
  }

  Path home() {
    return root.resolve("home");
  }

  /** Where the JVM writes which classes it loads, if it is asked to. */
  Path classLog() {
    return root.resolve("classes.log");
  }

  /** Puts a function's files into {@code task}. */
  void fill(Path functionFolder) {
    try (Stream<Path> walk = Files.walk(functionFolder)) {
      List<Path> paths = walk.toList();
      for (Path path : paths) {
        Path target = task().resolve(functionFolder.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay the function out in " + task(), e);
    }
  }

  void delete() {
    PrivateFiles.deleteTree(root);
  }
}
