package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.ports.TemporaryCredentials;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Identity and Access Management: the service, and the cloud's knowledge of who may do what. */
public final class Iam
    implements CloudService, Authorizer, CredentialSource, RoleSessions, TemporaryCredentials {
  /**
   * The API's version, which is also what tells its requests from those of other Query services.
   */
  private static final String VERSION = "2010-05-08";

  private static final String REFUSED =
      """
          AcceptDelegationRequest AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile
          AddUserToGroup AssociateDelegationRequest AttachGroupPolicy ChangePassword
          CreateAccountAlias CreateDelegationRequest CreateGroup CreateInstanceProfile
          CreateLoginProfile CreateOpenIDConnectProvider CreateSAMLProvider
          CreateServiceLinkedRole CreateServiceSpecificCredential CreateVirtualMFADevice
          DeactivateMFADevice DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup
          DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile DeleteOpenIDConnectProvider
          DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole
          DeleteServiceSpecificCredential DeleteSigningCertificate DeleteVirtualMFADevice
          DetachGroupPolicy DisableOrganizationsRootCredentialsManagement
          DisableOrganizationsRootSessions DisableOutboundWebIdentityFederation EnableMFADevice
          EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions
          EnableOutboundWebIdentityFederation GenerateCredentialReport
          GenerateOrganizationsAccessReport GenerateServiceLastAccessedDetails
          GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy
          GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy GetCredentialReport
          GetDelegationRequest GetGroup GetGroupPolicy GetHumanReadableSummary GetInstanceProfile
          GetLoginProfile GetMFADevice GetOpenIDConnectProvider GetOrganizationsAccessReport
          GetOutboundWebIdentityFederationInfo GetSAMLProvider GetSSHPublicKey
          GetServerCertificate GetServiceLastAccessedDetails
          GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus
          ListAttachedGroupPolicies ListDelegationRequests ListGroupPolicies ListGroups
          ListInstanceProfileTags ListInstanceProfiles ListMFADeviceTags ListMFADevices
          ListOpenIDConnectProviderTags ListOpenIDConnectProviders ListOrganizationsFeatures
          ListPoliciesGrantingServiceAccess ListSAMLProviderTags ListSAMLProviders
          ListSSHPublicKeys ListServerCertificateTags ListServerCertificates
          ListServiceSpecificCredentials ListSigningCertificates ListVirtualMFADevices
          PutGroupPolicy RejectDelegationRequest RemoveClientIDFromOpenIDConnectProvider
          RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential
          ResyncMFADevice SendDelegationToken SetSecurityTokenServicePreferences
          TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagSAMLProvider
          TagServerCertificate UntagInstanceProfile UntagMFADevice UntagOpenIDConnectProvider
          UntagSAMLProvider UntagServerCertificate UpdateAccountPasswordPolicy
          UpdateDelegationRequest UpdateGroup UpdateLoginProfile
          UpdateOpenIDConnectProviderThumbprint UpdateSAMLProvider UpdateSSHPublicKey
          UpdateServerCertificate UpdateServiceSpecificCredential UpdateSigningCertificate
          UpdateUser UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate
      """;

  private final QueryProtocol<ServiceCall> table =
      new QueryProtocol<>("iam", VERSION, "https://iam.amazonaws.com/doc/" + VERSION + "/");
  private final IamAuthorizer authorizer;
  private final IamCredentials credentials;
  private final IamStore store;
  private final IamAccess access;
  private final List<ResourceProvider> resources;

  /** Builds the service over the cloud's state. */
  public Iam(CloudEnvironment environment) {
    store = new IamStore(environment);
    authorizer = new IamAuthorizer(store);
    credentials = new IamCredentials(store, authorizer);
    access = new IamAccess(authorizer);
    Roles roles = new Roles(store);
    Users users = new Users(store);
    Holders holders = new Holders(store);
    ManagedPolicies policies = new ManagedPolicies(store);
    new RoleOperations(store, access, roles).register(table);
    new UserOperations(store, access, users).register(table);
    for (Holders.Kind kind : Holders.Kind.values()) {
      new HolderOperations(holders, access, kind).register(table);
    }
    new PolicyOperations(store, access, policies).register(table);
    new SimulationOperations(store, access, authorizer).register(table);
    table
        .operation("ListAccountAliases", this::aliases, "Marker", "MaxItems")
        .operation("GetAccountSummary", this::summary)
        .refused(List.of(REFUSED.strip().split("\\s+")));
    resources =
        List.of(
            new RoleResource(store, access, roles, holders),
            new InlinePolicyResource(store, access, holders),
            new ManagedPolicyResource(store, access, policies, holders),
            new UserResource(store, access, users, holders),
            new AccessKeyResource(store, access, users));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return new Endpoint(table);
  }

  @Override
  public Operations operations() {
    return Operations.of(table.operations(), table.refused());
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public Verdict decide(AccessRequest request, Span span) {
    return authorizer.decide(request, span);
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return credentials.find(accessKeyId);
  }

  @Override
  public boolean canAssume(String roleArn, String servicePrincipal) {
    return credentials.canAssume(roleArn, servicePrincipal);
  }

  @Override
  public AccessKey assumeAsService(
      String roleArn, String servicePrincipal, String sessionName, Duration lifetime) {
    return credentials.assumeAsService(roleArn, servicePrincipal, sessionName, lifetime);
  }

  @Override
  public Issued assume(AssumeRole wish) {
    return credentials.assume(wish);
  }

  @Override
  public Issued sessionOf(Caller caller, Duration lifetime) {
    return credentials.sessionOf(caller, lifetime);
  }

  @Override
  public String userId(Caller caller) {
    return credentials.userId(caller);
  }

  /** The account has no alias: there is no console sign-in page that could have one. */
  private void aliases(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "ListAccountAliases", "*", call.span());
    result.texts("AccountAliases", List.of()).text("IsTruncated", false);
  }

  private void summary(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "GetAccountSummary", "*", call.span());
    result.structure(
        "SummaryMap",
        map -> {
          entry(map, "Roles", store.roles.size());
          entry(map, "Users", store.users.size());
          entry(map, "Policies", store.policies.size());
          entry(map, "Groups", 0);
          entry(map, "InstanceProfiles", 0);
          entry(map, "AttachedPoliciesPerRoleQuota", Holders.ATTACHED_QUOTA);
          entry(map, "AccessKeysPerUserQuota", Users.KEYS_PER_USER);
          entry(map, "VersionsPerPolicyQuota", ManagedPolicies.VERSIONS);
          entry(map, "PolicySizeQuota", ManagedPolicies.SIZE_QUOTA);
        });
  }

  private static void entry(QueryResult map, String key, long value) {
    map.structure("entry", out -> out.text("key", key).text("value", value));
  }

  /** The API as the front desk sees it. */
  private record Endpoint(QueryProtocol<ServiceCall> table) implements ServiceEndpoint {
    @Override
    public String signingName() {
      return "iam";
    }

    @Override
    public boolean recognises(HttpRequest request) {
      return table.recognises(request);
    }

    @Override
    public HttpResponse handle(ServiceCall call) {
      try (Span span = call.span().child("iam", QueryProtocol.action(call.http()))) {
        return table.handle(call.http(), call.in(span), call.requestId());
      }
    }

    @Override
    public HttpResponse failure(AwsException failure, ServiceCall call) {
      return table.failure(failure, call.requestId());
    }
  }
}
