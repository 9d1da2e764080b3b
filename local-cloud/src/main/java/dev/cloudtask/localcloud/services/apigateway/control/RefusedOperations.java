package dev.cloudtask.localcloud.services.apigateway.control;

/**
 * The operations of API Gateway that are refused by name: API keys and usage plans, custom domain
 * names, VPC links, client certificates, documentation, SDK generation, and import and export of
 * OpenAPI.
 */
final class RefusedOperations {
  /** Method, path template and name, one operation a line. */
  static final String TABLE =
      """
      POST /apikeys CreateApiKey
      POST /domainnames/{domain_name}/basepathmappings CreateBasePathMapping
      POST /restapis/{restapi_id}/documentation/parts CreateDocumentationPart
      POST /restapis/{restapi_id}/documentation/versions CreateDocumentationVersion
      POST /domainnames CreateDomainName
      POST /domainnameaccessassociations CreateDomainNameAccessAssociation
      POST /usageplans CreateUsagePlan
      POST /usageplans/{usageplanId}/keys CreateUsagePlanKey
      POST /vpclinks CreateVpcLink
      DELETE /apikeys/{api_Key} DeleteApiKey
      DELETE /domainnames/{domain_name}/basepathmappings/{base_path} DeleteBasePathMapping
      DELETE /clientcertificates/{clientcertificate_id} DeleteClientCertificate
      DELETE /restapis/{restapi_id}/documentation/parts/{part_id} DeleteDocumentationPart
      DELETE /restapis/{restapi_id}/documentation/versions/{doc_version} DeleteDocumentationVersion
      DELETE /domainnames/{domain_name} DeleteDomainName
      DELETE /domainnameaccessassociations/{domain_name_access_association_arn} DeleteDomainNameAccessAssociation
      DELETE /usageplans/{usageplanId} DeleteUsagePlan
      DELETE /usageplans/{usageplanId}/keys/{keyId} DeleteUsagePlanKey
      DELETE /vpclinks/{vpclink_id} DeleteVpcLink
      DELETE /restapis/{restapi_id}/stages/{stage_name}/cache/data FlushStageCache
      POST /clientcertificates GenerateClientCertificate
      GET /apikeys/{api_Key} GetApiKey
      GET /apikeys GetApiKeys
      GET /domainnames/{domain_name}/basepathmappings/{base_path} GetBasePathMapping
      GET /domainnames/{domain_name}/basepathmappings GetBasePathMappings
      GET /clientcertificates/{clientcertificate_id} GetClientCertificate
      GET /clientcertificates GetClientCertificates
      GET /restapis/{restapi_id}/documentation/parts/{part_id} GetDocumentationPart
      GET /restapis/{restapi_id}/documentation/parts GetDocumentationParts
      GET /restapis/{restapi_id}/documentation/versions/{doc_version} GetDocumentationVersion
      GET /restapis/{restapi_id}/documentation/versions GetDocumentationVersions
      GET /domainnames/{domain_name} GetDomainName
      GET /domainnameaccessassociations GetDomainNameAccessAssociations
      GET /domainnames GetDomainNames
      GET /restapis/{restapi_id}/stages/{stage_name}/exports/{export_type} GetExport
      GET /restapis/{restapi_id}/models/{model_name}/default_template GetModelTemplate
      GET /restapis/{restapi_id}/stages/{stage_name}/sdks/{sdk_type} GetSdk
      GET /sdktypes/{sdktype_id} GetSdkType
      GET /sdktypes GetSdkTypes
      GET /usageplans/{usageplanId}/usage GetUsage
      GET /usageplans/{usageplanId} GetUsagePlan
      GET /usageplans/{usageplanId}/keys/{keyId} GetUsagePlanKey
      GET /usageplans/{usageplanId}/keys GetUsagePlanKeys
      GET /usageplans GetUsagePlans
      GET /vpclinks/{vpclink_id} GetVpcLink
      GET /vpclinks GetVpcLinks
      POST /apikeys?mode=import ImportApiKeys
      PUT /restapis/{restapi_id}/documentation/parts ImportDocumentationParts
      POST /restapis?mode=import ImportRestApi
      PUT /restapis/{restapi_id} PutRestApi
      POST /rejectdomainnameaccessassociations RejectDomainNameAccessAssociation
      PATCH /apikeys/{api_Key} UpdateApiKey
      PATCH /domainnames/{domain_name}/basepathmappings/{base_path} UpdateBasePathMapping
      PATCH /clientcertificates/{clientcertificate_id} UpdateClientCertificate
      PATCH /restapis/{restapi_id}/documentation/parts/{part_id} UpdateDocumentationPart
      PATCH /restapis/{restapi_id}/documentation/versions/{doc_version} UpdateDocumentationVersion
      PATCH /domainnames/{domain_name} UpdateDomainName
      PATCH /usageplans/{usageplanId}/keys/{keyId}/usage UpdateUsage
      PATCH /usageplans/{usageplanId} UpdateUsagePlan
      PATCH /vpclinks/{vpclink_id} UpdateVpcLink
      """;

  private RefusedOperations() {}
}
