package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads projection expressions: paths between commas. */
public final class ProjectionParser {
  /** The parameter's name. */
  public static final String KIND = "ProjectionExpression";

  private ProjectionParser() {}

  /**
   * Reads an expression.
   *
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static Projection parse(String text, Placeholders placeholders) {
    TokenReader in = new TokenReader(KIND, text, placeholders);
    PathOverlap overlap = new PathOverlap(in.findings());
    List<DocumentPath> paths = new ArrayList<>();
    do {
      DocumentPath path = in.path();
      overlap.add(path);
      paths.add(path);
    } while (in.accept(","));
    in.expectEnd();
    in.findings().report(Kind.RESERVED_WORD, Kind.NAME, Kind.OVERLAP, Kind.CONFLICT);
    return new Projection(paths);
  }
}
