package dev.cloudtask.localcloud.protocol.awsjson;

/** How a service writes its errors: they agree on {@code __type} and on little else. */
public interface ErrorForm {
  /** The bare code as the type, {@code message} in lower case: Cognito, Logs. */
  ErrorForm PLAIN = new ErrorForm() {};

  /** Returns the {@code __type} of an error code, for instance with a name space before it. */
  default String type(String code) {
    return code;
  }

  /** Returns the name of the member that carries the message of this error. */
  default String messageMember(String code) {
    return "message";
  }
}
