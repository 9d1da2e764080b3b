package dev.cloudtask.localcloud.services.apigateway.template;

/** A template that is wrong, or wants what is not emulated: says what and on which line. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }
}
