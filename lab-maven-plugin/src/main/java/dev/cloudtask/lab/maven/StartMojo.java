package dev.cloudtask.lab.maven;

import dev.cloudtask.lab.run.CloudProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Starts local-cloud on a project's folder, deploys its stack and stays in the foreground until
 * Ctrl-C. Bound to a phase of the last module of a build, it is what {@code mvnw -Pstart} does.
 */
@Mojo(name = "start", requiresProject = true, threadSafe = true)
public final class StartMojo extends AbstractMojo {
  private static final String MAIN = "dev.cloudtask.localcloud.project.ProjectMain";

  /** The folder with template.yaml and website/. */
  @Parameter(defaultValue = "${project.basedir}", required = true)
  private File projectFolder;

  /** The port of the AWS endpoint; without it 4566, or another one if that is taken. */
  @Parameter(property = "port")
  private @Nullable String port;

  /** Begins anew: forgets users, tasks and everything else of earlier runs. */
  @Parameter(property = "fresh")
  private @Nullable String fresh;

  /** Gives the distribution a port with real TLS too, and a certificate for clients to trust. */
  @Parameter(property = "tls")
  private @Nullable String tls;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    List<String> arguments = new ArrayList<>();
    arguments.add(projectFolder.getPath());
    if (port != null) {
      if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new MojoFailureException(
            "\"-Dport=" + port + "\" is not a port: give a number from 0 (any) to 65535.");
      }
      arguments.add("--port=" + port);
    }
    if (fresh != null && !fresh.equals("false")) {
      arguments.add("--fresh");
    }
    if (tls != null && !tls.equals("false")) {
      arguments.add("--tls");
    }
    List<Path> classPath = new ArrayList<>();
    for (Artifact artifact : pluginArtifacts) {
      classPath.add(artifact.getFile().toPath());
    }
    int exit;
    try {
      exit =
          new CloudProcess(
                  Path.of(System.getProperty("java.home")),
                  classPath,
                  projectFolder.toPath().resolve(".cloudtask").resolve("cache"))
              .run(MAIN, arguments);
    } catch (IOException e) {
      throw new MojoExecutionException("The cloud's JVM could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    // 130, 143: ended by Ctrl-C or kill, which is how it is meant to end.
    if (exit != 0 && exit != 130 && exit != 143) {
      throw new MojoFailureException(
          exit == 137
              ? "The cloud's JVM was killed."
              : "The stack was not started; the reason stands above.");
    }
  }
}
