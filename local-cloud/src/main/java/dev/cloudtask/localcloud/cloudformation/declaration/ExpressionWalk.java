package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import java.util.function.Consumer;

/** Visits an expression and everything inside it, parents first. */
public final class ExpressionWalk {
  private ExpressionWalk() {}

  /** Visits every expression inside this one, itself included. */
  public static void visit(Expression expression, Consumer<Expression> visitor) {
    visitor.accept(expression);
    if (expression instanceof Expression.ListOf list) {
      list.items().forEach(item -> visit(item, visitor));
    } else if (expression instanceof Expression.MapOf map) {
      map.entries().forEach(entry -> visit(entry.value(), visitor));
    } else if (expression instanceof Expression.GetAtt getAtt) {
      visit(getAtt.attribute(), visitor);
    } else if (expression instanceof Expression.Sub sub) {
      for (Expression.Piece piece : sub.pieces()) {
        if (piece instanceof Expression.Piece.Variable variable) {
          visit(variable.value(), visitor);
        }
      }
    } else if (expression instanceof Expression.Join join) {
      visit(join.list(), visitor);
    } else if (expression instanceof Expression.Select select) {
      visit(select.index(), visitor);
      visit(select.list(), visitor);
    } else if (expression instanceof Expression.Split split) {
      visit(split.source(), visitor);
    } else if (expression instanceof Expression.If choice) {
      visit(choice.whenTrue(), visitor);
      visit(choice.whenFalse(), visitor);
    } else if (expression instanceof Expression.FindInMap find) {
      visit(find.map(), visitor);
      visit(find.topKey(), visitor);
      visit(find.secondKey(), visitor);
    } else if (expression instanceof Expression.Base64 base64) {
      visit(base64.value(), visitor);
    } else if (expression instanceof Expression.Cidr cidr) {
      visit(cidr.block(), visitor);
      visit(cidr.count(), visitor);
      visit(cidr.bits(), visitor);
    } else if (expression instanceof Expression.ImportValue importValue) {
      visit(importValue.name(), visitor);
    } else if (expression instanceof Expression.GetAzs zones) {
      visit(zones.region(), visitor);
    } else if (expression instanceof Expression.Equals equals) {
      visit(equals.left(), visitor);
      visit(equals.right(), visitor);
    } else if (expression instanceof Expression.Logic logic) {
      logic.operands().forEach(operand -> visit(operand, visitor));
    }
  }
}
