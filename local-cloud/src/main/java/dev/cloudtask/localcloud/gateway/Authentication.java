package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.CredentialSource.AccessKey;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.sigv4.Signature;
import dev.cloudtask.localcloud.sigv4.SignatureCheck;
import dev.cloudtask.localcloud.sigv4.SignatureFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Finds out who sent a request, by its signature. */
final class Authentication {
  private sealed interface Outcome {
    record Known(Caller caller) implements Outcome {}

    record Refused(SignatureFailure why) implements Outcome {}
  }

  private final CredentialSource credentials;
  private final Clock clock;

  Authentication(CredentialSource credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Returns the caller of a service.
   *
   * @throws AwsException if the request is unsigned where it must be signed, or its signature does
   *     not count
   */
  Caller callerOf(HttpRequest request, ServiceEndpoint service) {
    String name = service.signingName();
    if (name.equals("s3") && !Signature.claimed(request) && PresignedV2.claimed(request)) {
      return presigned(new PresignedV2(request));
    }
    if (!Signature.claimed(request)) {
      if (service.allowsAnonymous(request)) {
        return new Caller.Anonymous();
      }
      throw AuthenticationErrors.missing(name);
    }
    Outcome outcome = verify(request);
    if (outcome instanceof Outcome.Refused refused) {
      throw AuthenticationErrors.of(name, refused.why());
    }
    return ((Outcome.Known) outcome).caller();
  }

  /** Returns the caller of a data plane: whoever signed it well, else nobody. */
  Caller callerIfSigned(HttpRequest request) {
    return Signature.claimed(request) && verify(request) instanceof Outcome.Known known
        ? known.caller()
        : new Caller.Anonymous();
  }

  private Caller presigned(PresignedV2 signature) {
    Instant now = clock.instant();
    String id = signature.accessKeyId();
    AccessKey key =
        credentials
            .find(id)
            .orElseThrow(
                () -> AuthenticationErrors.of("s3", new SignatureFailure.UnknownAccessKey(id)));
    keyFailure(key, signature.sessionToken(), now)
        .ifPresent(
            failure -> {
              throw AuthenticationErrors.of("s3", failure);
            });
    signature.check(key.secret(), now);
    return key.owner();
  }

  /** Returns why a key does not count, whatever it has signed. */
  static Optional<SignatureFailure> keyFailure(
      AccessKey key, Optional<String> sentToken, Instant now) {
    Optional<String> token = key.sessionToken();
    if (token.isPresent() && !token.equals(sentToken)) {
      return Optional.of(new SignatureFailure.WrongSessionToken(sentToken.orElse("")));
    }
    if (key.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
      return Optional.of(new SignatureFailure.ExpiredCredentials(token.orElse("")));
    }
    return Optional.empty();
  }

  private Outcome verify(HttpRequest request) {
    Signature signature;
    try {
      signature = Signature.of(request).orElseThrow();
    } catch (Signature.MalformedException e) {
      return new Outcome.Refused(new SignatureFailure.Malformed(String.valueOf(e.getMessage())));
    }
    Optional<AccessKey> key = credentials.find(signature.accessKeyId());
    if (key.isEmpty()) {
      return new Outcome.Refused(new SignatureFailure.UnknownAccessKey(signature.accessKeyId()));
    }
    Instant now = clock.instant();
    Optional<SignatureFailure> failure =
        keyFailure(key.get(), signature.sessionToken(), now)
            .or(() -> SignatureCheck.check(request, signature, key.get().secret(), now));
    return failure.isPresent()
        ? new Outcome.Refused(failure.get())
        : new Outcome.Known(key.get().owner());
  }
}
