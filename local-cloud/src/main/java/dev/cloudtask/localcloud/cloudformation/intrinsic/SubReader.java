package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Literal;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression.Piece;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the text of a {@code Fn::Sub} apart.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html">
 *     Fn::Sub</a>
 */
final class SubReader {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]*)}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:]+");

  private final ExpressionReader.Arguments arguments;

  SubReader(ExpressionReader.Arguments arguments) {
    this.arguments = arguments;
  }

  Expression.Sub read() {
    TemplateNode value = arguments.value();
    Map<String, Expression> variables = Map.of();
    if (value instanceof Sequence sequence) {
      arguments.count(2, 2);
      variables = variables(sequence.items().get(1));
      value = sequence.items().get(0);
    }
    if (!(value instanceof Scalar scalar) || scalar.type() == TemplateNode.ScalarType.NULL) {
      throw arguments.wrong();
    }
    ExpressionReader.read(scalar, arguments.path()); // refuses dynamic references
    return new Expression.Sub(
        pieces(scalar.text(), variables, scalar.position()), arguments.position());
  }

  private Map<String, Expression> variables(TemplateNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw arguments.wrong();
    }
    Map<String, Expression> variables = new LinkedHashMap<>();
    for (Member member : mapping.members()) {
      Expression value =
          ExpressionReader.read(member.value(), arguments.path() + "/" + member.name());
      if (value instanceof Expression.ListOf || value instanceof Expression.MapOf) {
        throw arguments.wrong();
      }
      variables.put(member.name(), value);
    }
    return variables;
  }

  private List<Piece> pieces(String text, Map<String, Expression> variables, Position at) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      add(pieces, text.substring(from, matcher.start()));
      String name = matcher.group(1).strip();
      if (name.startsWith("!")) {
        add(pieces, "${" + name.substring(1) + "}"); // ${!Literal} stays as it is
      } else {
        pieces.add(new Piece.Variable(name, variable(name, variables, at)));
      }
      from = matcher.end();
    }
    add(pieces, text.substring(from));
    return List.copyOf(pieces);
  }

  private static void add(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text));
    }
  }

  private Expression variable(String name, Map<String, Expression> variables, Position at) {
    Expression given = variables.get(name);
    if (given != null) {
      return given;
    }
    if (!NAME.matcher(name).matches()) {
      throw FunctionErrors.badSubName(name, at);
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return new Expression.Ref(name, at);
    }
    if (dot == 0 || dot == name.length() - 1) {
      throw FunctionErrors.invalidSubAttribute(name, at);
    }
    return new Expression.GetAtt(
        name.substring(0, dot),
        new Literal(new JsonPrimitive(name.substring(dot + 1)), at),
        arguments.path(),
        at);
  }
}
