package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import java.util.List;
import java.util.Map;

/**
 * Brings the policies of a role or user from what a template said before to what it says now, with
 * the stack's rights. Policies that others have added in between stay.
 */
final class HolderChanges {
  private final Holders holders;
  private final IamAccess access;
  private final Holders.Kind kind;

  HolderChanges(Holders holders, IamAccess access, Holders.Kind kind) {
    this.holders = holders;
    this.access = access;
    this.kind = kind;
  }

  void inline(
      ResourceRequest request, String name, Map<String, String> before, Map<String, String> now) {
    for (String gone : before.keySet()) {
      if (!now.containsKey(gone) && holders.grants(kind, name).inline().containsKey(gone)) {
        check(request, "Delete" + kind.title() + "Policy", name);
        holders.deleteInline(kind, name, gone);
      }
    }
    now.forEach(
        (policyName, document) -> {
          if (!document.equals(holders.grants(kind, name).inline().get(policyName))) {
            check(request, "Put" + kind.title() + "Policy", name);
            holders.putInline(kind, name, policyName, document);
          }
        });
  }

  void attached(ResourceRequest request, String name, List<String> before, List<String> now) {
    for (String gone : before) {
      if (!now.contains(gone) && holders.grants(kind, name).attached().contains(gone)) {
        check(request, "Detach" + kind.title() + "Policy", name);
        holders.detach(kind, name, gone);
      }
    }
    for (String arn : now) {
      check(request, "Attach" + kind.title() + "Policy", name);
      holders.attach(kind, name, arn);
    }
  }

  void tags(String name, Map<String, String> now) {
    IamNames.tags(now);
    holders.change(kind, name, grants -> grants.withTags(now));
  }

  void check(ResourceRequest request, String action, String name) {
    access.check(request.caller(), action, holders.arn(kind, name), request.span());
  }
}
