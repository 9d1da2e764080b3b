import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the modules' test reports and fails when no test ran, when one failed, or when one was
 * skipped that is not among the arguments ({@code Class} or {@code Class#method}). An argument that
 * names no test at all is stale and fails too.
 *
 * <p>Run as {@code java .ci/TestReports.java NAME...} from the top of the repository.
 */
final class TestReports {
  private TestReports() {}

  public static void main(String[] maySkip) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    int run = 0;
    int failed = 0;
    int skipped = 0;
    List<String> complaints = new ArrayList<>();
    Set<String> stale = new TreeSet<>(Arrays.asList(maySkip));
    for (Path report : reports()) {
      NodeList cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        String type = simpleName(test.getAttribute("classname"));
        String name = type + "#" + test.getAttribute("name").replaceAll("[({\\[].*", "");
        stale.removeIf(entry -> entry.equals(type) || entry.equals(name));
        if (has(test, "failure") || has(test, "error")) {
          failed++;
          complaints.add("failed: " + name);
        } else if (has(test, "skipped")) {
          skipped++;
          if (!Arrays.asList(maySkip).contains(type) && !Arrays.asList(maySkip).contains(name)) {
            complaints.add("skipped, and not on the list in .ci/run: " + name);
          }
        } else {
          run++;
        }
      }
    }
    stale.forEach(entry -> complaints.add("on the list in .ci/run, but there is no such test: " + entry));
    if (run == 0) {
      complaints.add("no test ran");
    }
    complaints.forEach(System.out::println);
    System.out.printf("%d passed, %d failed, %d skipped%n", run, failed, skipped);
    if (!complaints.isEmpty()) {
      System.exit(1);
    }
  }

  /** Reports of the reactor's modules only: a test may build projects of its own below target/. */
  private static List<Path> reports() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of("."), Files::isDirectory)) {
      for (Path module : modules) {
        for (String kind : List.of("surefire-reports", "failsafe-reports")) {
          Path folder = module.resolve("target").resolve(kind);
          if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
              files.forEach(found::add);
            }
          }
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
