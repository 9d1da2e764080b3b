package dev.cloudtask.localcloud.cloudformation.template;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Does what {@code aws cloudformation package} does: local paths in a template are uploaded and
 * become the place where they are.
 *
 * <p>A folder is zipped, always to the same bytes for the same files; a zip or jar goes as it is.
 * The rest of the template stays to the letter, so that lines keep their numbers.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html">aws
 *     cloudformation package</a>
 */
public final class Packager {
  /** Which property of which type may name a local path, and what its place is called there. */
  private record Artifact(String property, String bucketName, String keyName, boolean zipped) {}

  private static final Map<String, Artifact> ARTIFACTS =
      Map.of(
          "AWS::Lambda::Function", new Artifact("Code", "S3Bucket", "S3Key", true),
          "AWS::ApiGateway::RestApi", new Artifact("BodyS3Location", "Bucket", "Key", false));

  /** The earliest time that a zip entry can have without an extra field. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path folder;
  private final UnaryOperator<Path> inPlaceOf;
  private final ArtifactStore store;
  private final Map<Path, ArtifactStore.Location> uploaded = new HashMap<>();

  /**
   * Creates a packager.
   *
   * @param folder what paths in the template are relative to: the template's own folder
   */
  public Packager(Path folder, ArtifactStore store) {
    this(folder, UnaryOperator.identity(), store);
  }

  /**
   * Creates a packager that takes other files in the place of some.
   *
   * @param folder what paths in the template are relative to: the template's own folder
   * @param inPlaceOf says which file is taken for a path, mostly the same
   */
  public Packager(Path folder, UnaryOperator<Path> inPlaceOf, ArtifactStore store) {
    this.folder = folder;
    this.inPlaceOf = inPlaceOf;
    this.store = store;
  }

  /**
   * Returns the template with its local paths replaced.
   *
   * @throws TemplateException if the template is malformed or names a file that is not there
   */
  public String pack(String body, String file) {
    Mapping root = TemplateParser.parse(body, file);
    Optional<TemplateNode> resources = root.get("Resources");
    String packed = body;
    if (resources.isPresent() && resources.get() instanceof Mapping all) {
      // from the end of the file, so that positions in front stay right
      List<Member> members = new java.util.ArrayList<>(all.members());
      java.util.Collections.reverse(members);
      for (Member resource : members) {
        packed = pack(packed, resource, TemplateParser.isJson(body));
      }
    }
    return packed;
  }

  private String pack(String body, Member resource, boolean json) {
    if (!(resource.value() instanceof Mapping declared)) {
      return body;
    }
    Optional<Artifact> artifact =
        declared
            .get("Type")
            .filter(Scalar.class::isInstance)
            .map(type -> ARTIFACTS.get(((Scalar) type).text()));
    Optional<TemplateNode> properties = declared.get("Properties");
    if (artifact.isEmpty() || !(properties.orElse(null) instanceof Mapping map)) {
      return body;
    }
    Optional<TemplateNode> value = map.get(artifact.get().property());
    if (!(value.orElse(null) instanceof Scalar path) || isRemote(path.text())) {
      return body;
    }
    ArtifactStore.Location location = upload(path, resource.name(), artifact.get());
    return replace(body, path, location, artifact.get(), json);
  }

  private static boolean isRemote(String path) {
    return path.startsWith("s3://") || path.startsWith("https://") || path.startsWith("http://");
  }

  private ArtifactStore.Location upload(Scalar path, String logicalId, Artifact artifact) {
    Path local = inPlaceOf.apply(folder.resolve(path.text()).normalize());
    if (!Files.exists(local)) {
      throw new TemplateException(
          "Unable to upload artifact "
              + path.text()
              + " referenced by "
              + artifact.property()
              + " parameter of "
              + logicalId
              + " resource.\nParameter "
              + artifact.property()
              + " of resource "
              + logicalId
              + " refers to a file or folder that does not exist "
              + local,
          Optional.of(path.position()),
          "Build it first (mvn package), or correct the path.");
    }
    ArtifactStore.Location known = uploaded.get(local);
    if (known != null) {
      return known; // the functions of an app mostly share one package
    }
    try {
      byte[] content =
          Files.isDirectory(local)
              ? zip(local)
              : artifact.zipped() && !isArchive(local) ? zip(local) : Files.readAllBytes(local);
      String name = local.getFileName().toString();
      int dot = name.lastIndexOf('.');
      String extension =
          Files.isDirectory(local) || dot < 0 || (artifact.zipped() && !isArchive(local))
              ? ".zip"
              : name.substring(dot);
      ArtifactStore.Location location = store.put(digest(content) + extension, content);
      uploaded.put(local, location);
      return location;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + local, e);
    }
  }

  private static boolean isArchive(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar") || name.endsWith(".zip");
  }

  /** Zips a folder's files, or one file, in the order of their names and without times. */
  static byte[] zip(Path path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean single = !Files.isDirectory(path);
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> walk = Files.walk(path)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        String name =
            single
                ? path.getFileName().toString()
                : path.relativize(file).toString().replace('\\', '/');
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String digest(byte[] content) {
    return HexFormat.of().formatHex(Sha256.of(content), 0, 16);
  }

  /** Puts a flow map in the place of the path: JSON is YAML too. */
  private static String replace(
      String body, Scalar path, ArtifactStore.Location location, Artifact artifact, boolean json) {
    JsonObject place = new JsonObject();
    place.addProperty(artifact.bucketName(), location.bucket());
    place.addProperty(artifact.keyName(), location.key());
    int start = offset(body, path.position());
    int end = json ? jsonEnd(body, start) : yamlEnd(body, start, path);
    return body.substring(0, start) + place + body.substring(end);
  }

  private static int offset(String body, Position position) {
    int at = 0;
    for (int line = 1; line < position.line(); line++) {
      at = body.indexOf('\n', at) + 1;
    }
    return at + position.column() - 1;
  }

  private static int jsonEnd(String body, int start) {
    int at = start + 1;
    while (body.charAt(at) != '"') {
      at += body.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int yamlEnd(String body, int start, Scalar path) {
    char quote = body.charAt(start);
    if (quote == '"' || quote == '\'') {
      return body.indexOf(quote, start + 1) + 1;
    }
    if (!body.startsWith(path.text(), start)) {
      throw new TemplateException(
          "The path " + path.text() + " must stand on one line, in quotes or without.",
          path.position());
    }
    return start + path.text().length();
  }
}
