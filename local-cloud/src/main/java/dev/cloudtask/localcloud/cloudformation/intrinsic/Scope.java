package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Optional;

/** What the names in expressions stand for. */
public interface Scope {
  /** Returns what {@code Ref} gives; {@link Unknown#VALUE} if that is not known yet. */
  JsonElement ref(Expression.Ref ref);

  /** Returns what {@code Fn::GetAtt} gives; {@link Unknown#VALUE} if that is not known yet. */
  JsonElement attribute(Expression.GetAtt getAtt, String attribute);

  /** Returns the value of a condition. */
  boolean condition(String name);

  /** Returns a value of a mapping. */
  Optional<JsonElement> mapping(String map, String topKey, String secondKey);

  /** Returns the value that another stack exports. */
  JsonElement importValue(String exportName);

  /** Returns the names of a region's availability zones. */
  List<String> zones(String region);
}
