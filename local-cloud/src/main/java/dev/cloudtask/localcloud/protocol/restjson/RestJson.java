package dev.cloudtask.localcloud.protocol.restjson;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.nio.charset.StandardCharsets;

/** Writes answers and failures of REST-JSON services. */
public final class RestJson {
  /** The content type of bodies. */
  public static final String CONTENT_TYPE = "application/json";

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private RestJson() {}

  /** Returns an answer with a JSON body; members that are JSON null are left out. */
  public static HttpResponse answer(int status, JsonElement body, String requestId) {
    return new HttpResponse(
        status,
        HttpHeaders.of("Content-Type", CONTENT_TYPE, "x-amzn-RequestId", requestId),
        new HttpResponse.Bytes(GSON.toJson(body).getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns an answer without a body. */
  public static HttpResponse empty(int status, String requestId) {
    return new HttpResponse(
        status, HttpHeaders.of("x-amzn-RequestId", requestId), new HttpResponse.Bytes(new byte[0]));
  }

  /**
   * Returns a failure: its code in {@code x-amzn-ErrorType}, its details and message in the body.
   *
   * @param messageMember how this service spells the member, {@code message} or {@code Message}
   */
  public static HttpResponse failure(AwsException failure, String requestId, String messageMember) {
    JsonObject body = new JsonObject();
    failure.details().forEach(body::addProperty);
    body.addProperty(messageMember, failure.message());
    return answer(failure.status(), body, requestId).with("x-amzn-ErrorType", failure.code());
  }
}
