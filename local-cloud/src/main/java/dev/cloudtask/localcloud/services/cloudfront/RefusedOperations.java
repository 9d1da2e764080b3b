package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restjson.RouteTable;

/**
 * The operations of CloudFront that are refused by name: functions and key value stores, key
 * groups, origin access identities, staging, tenants, VPC origins, streaming, log and web ACL
 * settings, and what asks for them.
 */
final class RefusedOperations {
  /** Method, path template below the API's version and name, one operation a line. */
  private static final String TABLE =
      """
      PUT /distribution/{TargetDistributionId}/associate-alias AssociateAlias
      PUT /distribution-tenant/{Id}/associate-web-acl AssociateDistributionTenantWebACL
      PUT /distribution/{Id}/associate-web-acl AssociateDistributionWebACL
      POST /distribution/{PrimaryDistributionId}/copy CopyDistribution
      POST /anycast-ip-list CreateAnycastIpList
      POST /origin-access-identity/cloudfront CreateCloudFrontOriginAccessIdentity
      POST /connection-function CreateConnectionFunction
      POST /connection-group CreateConnectionGroup
      POST /continuous-deployment-policy CreateContinuousDeploymentPolicy
      POST /distribution-tenant CreateDistributionTenant
      POST /field-level-encryption CreateFieldLevelEncryptionConfig
      POST /field-level-encryption-profile CreateFieldLevelEncryptionProfile
      POST /function CreateFunction
      POST /distribution-tenant/{Id}/invalidation CreateInvalidationForDistributionTenant
      POST /key-group CreateKeyGroup
      POST /key-value-store CreateKeyValueStore
      POST /distributions/{DistributionId}/monitoring-subscription CreateMonitoringSubscription
      POST /public-key CreatePublicKey
      POST /realtime-log-config CreateRealtimeLogConfig
      POST /streaming-distribution CreateStreamingDistribution
      POST /streaming-distribution?WithTags CreateStreamingDistributionWithTags
      POST /trust-store CreateTrustStore
      POST /vpc-origin CreateVpcOrigin
      DELETE /anycast-ip-list/{Id} DeleteAnycastIpList
      DELETE /origin-access-identity/cloudfront/{Id} DeleteCloudFrontOriginAccessIdentity
      DELETE /connection-function/{Id} DeleteConnectionFunction
      DELETE /connection-group/{Id} DeleteConnectionGroup
      DELETE /continuous-deployment-policy/{Id} DeleteContinuousDeploymentPolicy
      DELETE /distribution-tenant/{Id} DeleteDistributionTenant
      DELETE /field-level-encryption/{Id} DeleteFieldLevelEncryptionConfig
      DELETE /field-level-encryption-profile/{Id} DeleteFieldLevelEncryptionProfile
      DELETE /function/{Name} DeleteFunction
      DELETE /key-group/{Id} DeleteKeyGroup
      DELETE /key-value-store/{Name} DeleteKeyValueStore
      DELETE /distributions/{DistributionId}/monitoring-subscription DeleteMonitoringSubscription
      DELETE /public-key/{Id} DeletePublicKey
      POST /delete-realtime-log-config DeleteRealtimeLogConfig
      POST /delete-resource-policy DeleteResourcePolicy
      DELETE /streaming-distribution/{Id} DeleteStreamingDistribution
      DELETE /trust-store/{Id} DeleteTrustStore
      DELETE /vpc-origin/{Id} DeleteVpcOrigin
      GET /connection-function/{Identifier}/describe DescribeConnectionFunction
      GET /function/{Name}/describe DescribeFunction
      GET /key-value-store/{Name} DescribeKeyValueStore
      PUT /distribution-tenant/{Id}/disassociate-web-acl DisassociateDistributionTenantWebACL
      PUT /distribution/{Id}/disassociate-web-acl DisassociateDistributionWebACL
      GET /anycast-ip-list/{Id} GetAnycastIpList
      GET /origin-access-identity/cloudfront/{Id} GetCloudFrontOriginAccessIdentity
      GET /origin-access-identity/cloudfront/{Id}/config GetCloudFrontOriginAccessIdentityConfig
      GET /connection-function/{Identifier} GetConnectionFunction
      GET /connection-group/{Identifier} GetConnectionGroup
      GET /connection-group GetConnectionGroupByRoutingEndpoint
      GET /continuous-deployment-policy/{Id} GetContinuousDeploymentPolicy
      GET /continuous-deployment-policy/{Id}/config GetContinuousDeploymentPolicyConfig
      GET /distribution-tenant/{Identifier} GetDistributionTenant
      GET /distribution-tenant GetDistributionTenantByDomain
      GET /field-level-encryption/{Id} GetFieldLevelEncryption
      GET /field-level-encryption/{Id}/config GetFieldLevelEncryptionConfig
      GET /field-level-encryption-profile/{Id} GetFieldLevelEncryptionProfile
      GET /field-level-encryption-profile/{Id}/config GetFieldLevelEncryptionProfileConfig
      GET /function/{Name} GetFunction
      GET /distribution-tenant/{DistributionTenantId}/invalidation/{Id} GetInvalidationForDistributionTenant
      GET /key-group/{Id} GetKeyGroup
      GET /key-group/{Id}/config GetKeyGroupConfig
      GET /managed-certificate/{Identifier} GetManagedCertificateDetails
      GET /distributions/{DistributionId}/monitoring-subscription GetMonitoringSubscription
      GET /public-key/{Id} GetPublicKey
      GET /public-key/{Id}/config GetPublicKeyConfig
      POST /get-realtime-log-config GetRealtimeLogConfig
      POST /get-resource-policy GetResourcePolicy
      GET /streaming-distribution/{Id} GetStreamingDistribution
      GET /streaming-distribution/{Id}/config GetStreamingDistributionConfig
      GET /trust-store/{Identifier} GetTrustStore
      GET /vpc-origin/{Id} GetVpcOrigin
      GET /anycast-ip-list ListAnycastIpLists
      GET /origin-access-identity/cloudfront ListCloudFrontOriginAccessIdentities
      GET /conflicting-alias ListConflictingAliases
      POST /connection-functions ListConnectionFunctions
      POST /connection-groups ListConnectionGroups
      GET /continuous-deployment-policy ListContinuousDeploymentPolicies
      POST /distribution-tenants ListDistributionTenants
      POST /distribution-tenants-by-customization ListDistributionTenantsByCustomization
      GET /distributionsByAnycastIpListId/{AnycastIpListId} ListDistributionsByAnycastIpListId
      GET /distributionsByConnectionFunction ListDistributionsByConnectionFunction
      GET /distributionsByConnectionMode/{ConnectionMode} ListDistributionsByConnectionMode
      GET /distributionsByKeyGroupId/{KeyGroupId} ListDistributionsByKeyGroup
      GET /distributionsByOwnedResource/{ResourceArn} ListDistributionsByOwnedResource
      POST /distributionsByRealtimeLogConfig ListDistributionsByRealtimeLogConfig
      GET /distributionsByTrustStore ListDistributionsByTrustStore
      GET /distributionsByVpcOriginId/{VpcOriginId} ListDistributionsByVpcOriginId
      GET /distributionsByWebACLId/{WebACLId} ListDistributionsByWebACLId
      POST /domain-conflicts ListDomainConflicts
      GET /field-level-encryption ListFieldLevelEncryptionConfigs
      GET /field-level-encryption-profile ListFieldLevelEncryptionProfiles
      GET /function ListFunctions
      GET /distribution-tenant/{Id}/invalidation ListInvalidationsForDistributionTenant
      GET /key-group ListKeyGroups
      GET /key-value-store ListKeyValueStores
      GET /public-key ListPublicKeys
      GET /realtime-log-config ListRealtimeLogConfigs
      GET /streaming-distribution ListStreamingDistributions
      POST /trust-stores ListTrustStores
      GET /vpc-origin ListVpcOrigins
      POST /connection-function/{Id}/publish PublishConnectionFunction
      POST /function/{Name}/publish PublishFunction
      POST /put-resource-policy PutResourcePolicy
      POST /connection-function/{Id}/test TestConnectionFunction
      POST /function/{Name}/test TestFunction
      PUT /anycast-ip-list/{Id} UpdateAnycastIpList
      PUT /origin-access-identity/cloudfront/{Id}/config UpdateCloudFrontOriginAccessIdentity
      PUT /connection-function/{Id} UpdateConnectionFunction
      PUT /connection-group/{Id} UpdateConnectionGroup
      PUT /continuous-deployment-policy/{Id} UpdateContinuousDeploymentPolicy
      PUT /distribution-tenant/{Id} UpdateDistributionTenant
      PUT /distribution/{Id}/promote-staging-config UpdateDistributionWithStagingConfig
      POST /domain-association UpdateDomainAssociation
      PUT /field-level-encryption/{Id}/config UpdateFieldLevelEncryptionConfig
      PUT /field-level-encryption-profile/{Id}/config UpdateFieldLevelEncryptionProfile
      PUT /function/{Name} UpdateFunction
      PUT /key-group/{Id} UpdateKeyGroup
      PUT /key-value-store/{Name} UpdateKeyValueStore
      PUT /public-key/{Id}/config UpdatePublicKey
      PUT /realtime-log-config UpdateRealtimeLogConfig
      PUT /streaming-distribution/{Id}/config UpdateStreamingDistribution
      PUT /trust-store/{Id} UpdateTrustStore
      PUT /vpc-origin/{Id} UpdateVpcOrigin
      POST /verify-dns-configuration VerifyDnsConfiguration
      """;

  private RefusedOperations() {}

  /** Returns the table; what stands behind an operation is its name. */
  static RouteTable<String> table(String prefix) {
    RouteTable<String> table = new RouteTable<>();
    TABLE
        .lines()
        .map(line -> line.split(" "))
        .forEach(parts -> table.add(parts[0], prefix + parts[1], parts[2], parts[2]));
    return table;
  }
}
