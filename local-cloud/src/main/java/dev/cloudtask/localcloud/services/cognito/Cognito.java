package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.files.CacheFolder;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.Mailbox;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Cognito user pools, and the judge of their tokens. */
public final class Cognito implements CloudService, TokenVerifier {
  /** What AWS has and this room has not: federation, MFA, devices, hosted pages, imports, risk. */
  private static final String[] NOT_EMULATED = {
    "AddUserPoolClientSecret",
    "AdminDisableProviderForUser",
    "AdminForgetDevice",
    "AdminGetDevice",
    "AdminLinkProviderForUser",
    "AdminListDevices",
    "AdminListUserAuthEvents",
    "AdminSetUserMFAPreference",
    "AdminSetUserSettings",
    "AdminUpdateAuthEventFeedback",
    "AdminUpdateDeviceStatus",
    "AssociateSoftwareToken",
    "CompleteWebAuthnRegistration",
    "ConfirmDevice",
    "CreateIdentityProvider",
    "CreateManagedLoginBranding",
    "CreateResourceServer",
    "CreateTerms",
    "CreateUserImportJob",
    "DeleteIdentityProvider",
    "DeleteManagedLoginBranding",
    "DeleteResourceServer",
    "DeleteTerms",
    "DeleteUserPoolClientSecret",
    "DeleteWebAuthnCredential",
    "DescribeIdentityProvider",
    "DescribeManagedLoginBranding",
    "DescribeManagedLoginBrandingByClient",
    "DescribeResourceServer",
    "DescribeRiskConfiguration",
    "DescribeTerms",
    "DescribeUserImportJob",
    "ForgetDevice",
    "GetCSVHeader",
    "GetDevice",
    "GetIdentityProviderByIdentifier",
    "GetLogDeliveryConfiguration",
    "GetSigningCertificate",
    "GetUICustomization",
    "GetUserAuthFactors",
    "ListDevices",
    "ListIdentityProviders",
    "ListResourceServers",
    "ListTerms",
    "ListUserImportJobs",
    "ListUserPoolClientSecrets",
    "ListWebAuthnCredentials",
    "SetLogDeliveryConfiguration",
    "SetRiskConfiguration",
    "SetUICustomization",
    "SetUserMFAPreference",
    "SetUserPoolMfaConfig",
    "SetUserSettings",
    "StartUserImportJob",
    "StartWebAuthnRegistration",
    "StopUserImportJob",
    "UpdateAuthEventFeedback",
    "UpdateDeviceStatus",
    "UpdateIdentityProvider",
    "UpdateManagedLoginBranding",
    "UpdateResourceServer",
    "UpdateTerms",
    "VerifySoftwareToken"
  };

  /** No page is served on a pool's domain. */
  private static final Set<String> STORED_ONLY =
      Set.of("CreateUserPoolDomain", "UpdateUserPoolDomain");

  private final AwsJson<CognitoCall> table;
  private final SigningKeys keys;
  private final TokenCheck tokenCheck;
  private final CognitoEndpoint endpoint;
  private final List<ResourceProvider> resources;

  /**
   * Opens the user pools of a cloud's state.
   *
   * @param authorizer decides on the operations that need a signature
   * @param mailbox takes the codes and invitations
   */
  public Cognito(CloudEnvironment environment, Authorizer authorizer, Mailbox mailbox) {
    Ids ids = environment.ids();
    CognitoStore store = new CognitoStore(environment.store());
    keys = new SigningKeys(store, ids, new KeyStock(CacheFolder.ofUser().resolve("signing-keys")));
    tokenCheck = new TokenCheck(store, keys, environment.clock());
    Access access = new Access(environment, authorizer, store);
    Accounts accounts = new Accounts(store, ids);
    Mailer mailer = new Mailer(mailbox, ids);
    Codes codes = new Codes(store, mailer, ids);
    Bearer bearer = new Bearer(store, tokenCheck);
    TokenIssuer issuer = new TokenIssuer(store, keys, ids);
    Challenges challenges = new Challenges(store, access, accounts, issuer, ids);
    RefreshOperations refresh = new RefreshOperations(store, issuer);
    PoolOperations pools = new PoolOperations(store, access, ids, environment.region());
    ClientOperations clients = new ClientOperations(store, access, ids);
    SignUpOperations signUps = new SignUpOperations(store, accounts, codes);
    SignInOperations signIns = new SignInOperations(store, access, challenges, issuer, refresh);
    PasswordOperations passwords = new PasswordOperations(store, accounts, codes, bearer);
    AttributeChanges changes = new AttributeChanges(store, accounts, codes);
    SelfOperations self = new SelfOperations(store, bearer, changes, codes, accounts);
    AdminOperations admins =
        new AdminOperations(store, access, accounts, changes, codes, mailer, bearer, ids);
    ListingOperations listings = new ListingOperations(store, access);
    GroupOperations groups = new GroupOperations(store, access);
    DomainOperations domains = new DomainOperations(environment, store, access);
    TagOperations tags = new TagOperations(store, access, pools);
    table =
        AwsJson.<CognitoCall>builder("cognito-idp", "AWSCognitoIdentityProviderService", "1.1")
            .errorHeaders()
            .operation("CreateUserPool", pools::create)
            .operation("DescribeUserPool", pools::describe)
            .operation("UpdateUserPool", pools::update)
            .operation("DeleteUserPool", pools::delete)
            .operation("ListUserPools", pools::list)
            .operation("CreateUserPoolClient", clients::create)
            .operation("DescribeUserPoolClient", clients::describe)
            .operation("UpdateUserPoolClient", clients::update)
            .operation("DeleteUserPoolClient", clients::delete)
            .operation("ListUserPoolClients", clients::list)
            .operation("SignUp", signUps::signUp)
            .operation("ConfirmSignUp", signUps::confirmSignUp)
            .operation("ResendConfirmationCode", signUps::resend)
            .operation("InitiateAuth", signIns::initiate)
            .operation("AdminInitiateAuth", signIns::adminInitiate)
            .operation("RespondToAuthChallenge", challenges::respond)
            .operation("AdminRespondToAuthChallenge", challenges::adminRespond)
            .operation("GetTokensFromRefreshToken", refresh::getTokens)
            .operation("RevokeToken", refresh::revoke)
            .operation("ForgotPassword", passwords::forgot)
            .operation("ConfirmForgotPassword", passwords::confirmForgot)
            .operation("ChangePassword", passwords::change)
            .operation("GetUser", self::get)
            .operation("DeleteUser", self::delete)
            .operation("GlobalSignOut", self::globalSignOut)
            .operation("UpdateUserAttributes", self::updateAttributes)
            .operation("DeleteUserAttributes", self::deleteAttributes)
            .operation("GetUserAttributeVerificationCode", self::sendVerificationCode)
            .operation("VerifyUserAttribute", self::verifyAttribute)
            .operation("AdminCreateUser", admins::create)
            .operation("AdminGetUser", admins::get)
            .operation("AdminDeleteUser", admins::delete)
            .operation("AdminConfirmSignUp", admins::confirm)
            .operation("AdminSetUserPassword", admins::setPassword)
            .operation("AdminResetUserPassword", admins::resetPassword)
            .operation("AdminEnableUser", admins::enable)
            .operation("AdminDisableUser", admins::disable)
            .operation("AdminUserGlobalSignOut", admins::signOut)
            .operation("AdminUpdateUserAttributes", admins::updateAttributes)
            .operation("AdminDeleteUserAttributes", admins::deleteAttributes)
            .operation("ListUsers", listings::users)
            .operation("ListUsersInGroup", listings::usersInGroup)
            .operation("CreateGroup", groups::create)
            .operation("GetGroup", groups::get)
            .operation("UpdateGroup", groups::update)
            .operation("DeleteGroup", groups::delete)
            .operation("ListGroups", groups::list)
            .operation("AdminAddUserToGroup", groups::add)
            .operation("AdminRemoveUserFromGroup", groups::remove)
            .operation("AdminListGroupsForUser", groups::ofUser)
            .operation("CreateUserPoolDomain", domains::create)
            .operation("DescribeUserPoolDomain", domains::describe)
            .operation("UpdateUserPoolDomain", domains::update)
            .operation("DeleteUserPoolDomain", domains::delete)
            .operation("TagResource", tags::tag)
            .operation("UntagResource", tags::untag)
            .operation("ListTagsForResource", tags::list)
            .operation("AddCustomAttributes", pools::addAttributes)
            .operation("GetUserPoolMfaConfig", pools::mfa)
            .refuse(NOT_EMULATED)
            .build();
    endpoint = new CognitoEndpoint(table, new WellKnown(store, keys));
    resources =
        List.of(
            new UserPoolResource(environment, store, access, pools),
            new UserPoolClientResource(environment, store, access, clients),
            new UserPoolGroupResource(environment, store, access, groups),
            new UserPoolDomainResource(environment, store, access, domains));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Operations operations() {
    return Operations.of(table.operations(), table.refused(), STORED_ONLY);
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public void started() {
    keys.started();
  }

  @Override
  public Result verify(String token, Collection<String> userPoolArns) {
    return tokenCheck.verify(token, userPoolArns);
  }

  @Override
  public void close() {
    keys.close();
  }
}
