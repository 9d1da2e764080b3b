package dev.cloudtask.localcloud.iam;

import java.util.List;

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

  /**
   * An IAM user.
   *
   * @param path what stands before the name in the ARN, {@code /} or {@code /team/}
   */
  record User(String accountId, String userName, String path) implements Caller {
    /** A user at the usual path. */
    public User(String accountId, String userName) {
      this(accountId, userName, "/");
    }

    @Override
    public String arn() {
      return "arn:aws:iam::" + accountId + ":user" + path + userName;
    }
  }

  /**
   * A session of a role.
   *
   * @param roleName the role's name without its path
   * @param roleId the role's unique id ({@code AROA…})
   * @param sessionName what the session was called; for a function, the function's name
   * @param sessionPolicies the policies that limit this session, as JSON texts; mostly none
   */
  record AssumedRole(
      String accountId,
      String roleName,
      String roleId,
      String sessionName,
      List<String> sessionPolicies)
      implements Caller {
    /** Copies the policies. */
    public AssumedRole {
      sessionPolicies = List.copyOf(sessionPolicies);
    }

    /** A session without policies of its own. */
    public AssumedRole(String accountId, String roleName, String roleId, String sessionName) {
      this(accountId, roleName, roleId, sessionName, List.of());
    }

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
