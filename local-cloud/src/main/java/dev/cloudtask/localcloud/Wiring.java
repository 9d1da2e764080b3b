package dev.cloudtask.localcloud;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.FormAuthentication;
import dev.cloudtask.localcloud.gateway.FrontDesk;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.inbox.Inbox;
import dev.cloudtask.localcloud.inbox.InboxPage;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.apigateway.ApiGateway;
import dev.cloudtask.localcloud.services.cloudformation.CloudFormation;
import dev.cloudtask.localcloud.services.cloudfront.CloudFront;
import dev.cloudtask.localcloud.services.cognito.Cognito;
import dev.cloudtask.localcloud.services.dynamodb.DynamoDb;
import dev.cloudtask.localcloud.services.iam.Iam;
import dev.cloudtask.localcloud.services.lambda.Lambda;
import dev.cloudtask.localcloud.services.logs.Logs;
import dev.cloudtask.localcloud.services.s3.S3;
import dev.cloudtask.localcloud.services.sts.Sts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Who is handed what: the one place where the services are built and meet. */
final class Wiring {
  private final FrontDesk desk;
  private final CloudFormation cloudFormation;
  private final List<CloudService> services = new ArrayList<>();

  Wiring(CloudEnvironment environment, Path workFolder, @Nullable SSLContext tls) {
    Iam iam = new Iam(environment);
    desk = new FrontDesk(environment, iam, CoreHttpServer::start, tls);
    Inbox inbox = new Inbox(environment.store());
    desk.add(new InboxPage(inbox, environment.region()));
    add(iam);
    add(new Sts(environment, iam, iam));
    Logs logs = add(new Logs(environment, iam));
    add(new DynamoDb(environment, iam));
    FormAuthentication forms =
        new FormAuthentication(iam, environment.clock(), environment.region());
    S3 s3 = add(new S3(environment, iam, forms, desk.names()));
    add(new CloudFront(environment, iam, desk.names(), desk));
    Cognito cognito = add(new Cognito(environment, iam, inbox));
    Lambda lambda =
        add(
            new Lambda(
                environment,
                workFolder,
                iam,
                iam,
                logs,
                s3,
                CoreHttpServer::start,
                desk::endpoint));
    add(new ApiGateway(environment, lambda, cognito, iam, iam, logs));

    // The last one: it deploys what all the others own.
    cloudFormation = add(new CloudFormation(environment, iam, s3));
    services.forEach(service -> cloudFormation.register(service.resources()));
  }

  private <S extends CloudService> S add(S service) {
    services.add(service);
    desk.add(service.endpoint());
    for (Site site : service.sites()) {
      desk.add(site);
    }
    return service;
  }

  /** Returns what deploys templates for code in this process. */
  CloudFormation cloudFormation() {
    return cloudFormation;
  }

  FrontDesk desk() {
    return desk;
  }

  List<CloudService> services() {
    return List.copyOf(services);
  }
}
