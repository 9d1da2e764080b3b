package dev.cloudtask.localcloud.services.apigateway.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something a template can reach into: {@code $input}, {@code $context} and so on. */
public interface TemplateObject {
  /** Returns a property, null if there is none. */
  @Nullable Object property(String name);

  /** Calls a function, null if there is none or it gives nothing. */
  @Nullable Object call(String name, List<@Nullable Object> arguments);
}
