package dev.cloudtask.localcloud.services.lambda.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * A code package laid out on disk.
 *
 * @param functionFolder the files that become the environment's current folder
 * @param libraries the jars before it on the class path
 * @param libraryHash names the libraries' contents
 */
public record CodeLayout(Path functionFolder, List<Path> libraries, String libraryHash) {}
