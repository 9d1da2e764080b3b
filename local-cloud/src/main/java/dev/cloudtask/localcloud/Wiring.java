package dev.cloudtask.localcloud;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.FrontDesk;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.services.CloudService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is handed what: the one place where the services are built and meet. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // until the first service is wired
final class Wiring {
  private final FrontDesk desk;
  private final List<CloudService> services = new ArrayList<>();

  Wiring(CloudEnvironment environment, Path workFolder) {
    // Until the IAM service stands here, the account's root is the only one with a key.
    CredentialSource credentials =
        id ->
            id.equals("test")
                ? Optional.of(
                    new CredentialSource.AccessKey(
                        "test",
                        "test",
                        Optional.empty(),
                        Optional.empty(),
                        new Caller.Root(environment.accountId())))
                : Optional.empty();
    Authorizer authorizer =
        (request, span) -> new Verdict(request.caller() instanceof Caller.Root, "", "", "");
    desk = new FrontDesk(environment, credentials, CoreHttpServer::start);
    // add(new S3(environment, authorizer, desk.names()));
  }

  private <S extends CloudService> S add(S service) {
    services.add(service);
    desk.add(service.endpoint());
    for (Site site : service.sites()) {
      desk.add(site);
    }
    return service;
  }

  FrontDesk desk() {
    return desk;
  }

  List<CloudService> services() {
    return List.copyOf(services);
  }
}
