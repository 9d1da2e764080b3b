package dev.cloudtask.localcloud.iam;

/**
 * Who makes a request.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">
 *     AWS JSON policy elements: Principal</a>
 */
public sealed interface Caller {
  /**
   * Returns the caller's ARN as error messages show it; a service principal's name; {@code
   * anonymous}.
   */
  String arn();

  /** The account itself: may do everything that no resource policy denies. */
  record Root(String accountId) implements Caller {
    @Override
    public String arn() {
      return "arn:aws:iam::" + accountId + ":root";
    }
  }

  /** An IAM user with long-term keys. */
  record User(String accountId, String userName) implements Caller {
    @Override
    public String arn() {
      return "arn:aws:iam::" + accountId + ":user/" + userName;
    }
  }

  /**
   * A session of a role.
   *
   * @param roleName the role's name without its path
   * @param roleId the role's unique id ({@code AROA…})
   * @param sessionName what the session was called; for a function, the function's name
   */
  record AssumedRole(String accountId, String roleName, String roleId, String sessionName)
      implements Caller {
    @Override
    public String arn() {
      return "arn:aws:sts::" + accountId + ":assumed-role/" + roleName + "/" + sessionName;
    }
  }

  /**
   * An AWS service acting for somebody.
   *
   * @param service for instance {@code apigateway.amazonaws.com}
   * @param sourceArn the ARN of the resource it acts for
   * @param sourceAccount that resource's account
   */
  record Service(String service, String sourceArn, String sourceAccount) implements Caller {
    @Override
    public String arn() {
      return service;
    }
  }

  /** Somebody who showed no credentials. */
  record Anonymous() implements Caller {
    @Override
    public String arn() {
      return "anonymous";
    }
  }
}
