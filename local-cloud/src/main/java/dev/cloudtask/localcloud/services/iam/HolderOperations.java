package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations that roles and users have alike: {@code PutRolePolicy} and {@code PutUserPolicy}
 * and so on.
 */
final class HolderOperations {
  private final Holders holders;
  private final IamAccess access;
  private final Holders.Kind kind;
  private final String nameParameter;

  HolderOperations(Holders holders, IamAccess access, Holders.Kind kind) {
    this.holders = holders;
    this.access = access;
    this.kind = kind;
    this.nameParameter = kind.title() + "Name";
  }

  void register(QueryProtocol<ServiceCall> table) {
    String title = kind.title();
    table
        .operation(
            "Put" + title + "Policy",
            this::putInline,
            nameParameter,
            "PolicyName",
            "PolicyDocument")
        .operation("Get" + title + "Policy", this::getInline, nameParameter, "PolicyName")
        .operation("Delete" + title + "Policy", this::deleteInline, nameParameter, "PolicyName")
        .operation(
            "List" + title + "Policies", this::listInline, nameParameter, "Marker", "MaxItems")
        .operation("Attach" + title + "Policy", this::attach, nameParameter, "PolicyArn")
        .operation("Detach" + title + "Policy", this::detach, nameParameter, "PolicyArn")
        .operation(
            "ListAttached" + title + "Policies",
            this::listAttached,
            nameParameter,
            "PathPrefix",
            "Marker",
            "MaxItems")
        .operation(
            "Put" + title + "PermissionsBoundary",
            this::putBoundary,
            nameParameter,
            "PermissionsBoundary")
        .operation("Delete" + title + "PermissionsBoundary", this::deleteBoundary, nameParameter)
        .operation("Tag" + title, this::tag, nameParameter, "Tags")
        .operation("Untag" + title, this::untag, nameParameter, "TagKeys")
        .operation("List" + title + "Tags", this::listTags, nameParameter, "Marker", "MaxItems");
  }

  private String allowed(ServiceCall call, QueryInput input, String action) {
    String name = input.required(nameParameter);
    access.check(call.caller(), action, holders.arn(kind, name), call.span());
    return name;
  }

  private void putInline(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Put" + kind.title() + "Policy");
    holders.putInline(kind, name, input.required("PolicyName"), input.required("PolicyDocument"));
  }

  private void getInline(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Get" + kind.title() + "Policy");
    String policyName = input.required("PolicyName");
    String document = holders.grants(kind, name).inline().get(policyName);
    if (document == null) {
      throw IamErrors.noSuchInlinePolicy(kind.word(), policyName);
    }
    result
        .text(nameParameter, name)
        .text("PolicyName", policyName)
        .text("PolicyDocument", IamXml.document(document));
  }

  private void deleteInline(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Delete" + kind.title() + "Policy");
    holders.deleteInline(kind, name, input.required("PolicyName"));
  }

  private void listInline(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "List" + kind.title() + "Policies");
    List<String> names = new ArrayList<>(holders.grants(kind, name).sortedInline().keySet());
    Page.of(input, names, each -> each).writeTexts(result, "PolicyNames");
  }

  private void attach(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Attach" + kind.title() + "Policy");
    holders.attach(kind, name, input.required("PolicyArn"));
  }

  private void detach(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Detach" + kind.title() + "Policy");
    holders.detach(kind, name, input.required("PolicyArn"));
  }

  private void listAttached(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "ListAttached" + kind.title() + "Policies");
    String prefix = input.text("PathPrefix").orElse("/");
    List<String> arns =
        holders.grants(kind, name).attached().stream()
            .filter(arn -> arn.substring(arn.indexOf('/')).startsWith(prefix))
            .sorted()
            .toList();
    Page.of(input, arns, each -> each).write(result, "AttachedPolicies", IamXml::attached);
  }

  private void putBoundary(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Put" + kind.title() + "PermissionsBoundary");
    holders.setBoundary(kind, name, input.required("PermissionsBoundary"));
  }

  private void deleteBoundary(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Delete" + kind.title() + "PermissionsBoundary");
    holders.setBoundary(kind, name, null);
  }

  private void tag(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Tag" + kind.title());
    Map<String, String> added = input.keyValues("Tags");
    holders.change(
        kind,
        name,
        grants -> {
          Map<String, String> all = new TreeMap<>(grants.tags());
          all.putAll(added);
          IamNames.tags(all);
          return grants.withTags(all);
        });
  }

  private void untag(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "Untag" + kind.title());
    List<String> keys = input.texts("TagKeys");
    holders.change(
        kind,
        name,
        grants -> {
          Map<String, String> left = new TreeMap<>(grants.tags());
          keys.forEach(left::remove);
          return grants.withTags(left);
        });
  }

  private void listTags(ServiceCall call, QueryInput input, QueryResult result) {
    String name = allowed(call, input, "List" + kind.title() + "Tags");
    List<Map.Entry<String, String>> tags =
        new ArrayList<>(new TreeMap<>(holders.grants(kind, name).tags()).entrySet());
    Page.of(input, tags, Map.Entry::getKey)
        .write(
            result,
            "Tags",
            (out, tag) -> out.text("Key", tag.getKey()).text("Value", tag.getValue()));
  }
}
