package dev.cloudtask.localcloud.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Uploads by an HTML form with a signed policy, as a browser sends them. */
class PostFormTest extends S3Fixture {
  private static final String BOUNDARY = "----WebKitFormBoundaryabc";

  /** A form under way: conditions for its policy, and its fields. */
  private final class Form {
    private final String bucket;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private String conditions;
    private String id = "test";
    private String secret = "test";
    private Instant expiration = Instant.now().plus(Duration.ofMinutes(5));
    private String file = "hello";
    private String origin = "";

    Form(String bucket) {
      this.bucket = bucket;
      conditions = "{\"bucket\": \"%s\"}, [\"starts-with\", \"$key\", \"user/\"]".formatted(bucket);
      fields.put("key", "user/a.txt");
    }

    Form with(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Form and(String more) {
      conditions += ", " + more;
      return this;
    }

    String policy() {
      String json =
          "{\"expiration\": \"%s\", \"conditions\": [%s]}".formatted(expiration, conditions);
      return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    Form signed() {
      String day = "20260101";
      and("{\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"}");
      and("[\"starts-with\", \"$x-amz-credential\", \"\"]");
      and("[\"starts-with\", \"$x-amz-date\", \"\"]");
      with("x-amz-algorithm", "AWS4-HMAC-SHA256");
      with("x-amz-credential", id + "/" + day + "/us-east-1/s3/aws4_request");
      with("x-amz-date", day + "T000000Z");
      String policy = policy();
      with("policy", policy);
      return with("x-amz-signature", HandMade.hmacHex(HandMade.signingKey(secret, day), policy));
    }

    HttpResponse<String> send() throws Exception {
      StringBuilder body = new StringBuilder();
      fields.forEach(
          (name, value) ->
              body.append(part("form-data; name=\"" + name + "\"", ""))
                  .append(value)
                  .append("\r\n"));
      body.append(part("form-data; name=\"file\"; filename=\"C:\\\\me\\\\pic.txt\"", "text/plain"))
          .append(file)
          .append("\r\n")
          .append(part("form-data; name=\"submit\"", ""))
          .append("ignored\r\n--")
          .append(BOUNDARY)
          .append("--\r\n");
      return post(body.toString(), "multipart/form-data; boundary=" + BOUNDARY);
    }

    HttpResponse<String> post(String body, String type) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/" + bucket))
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!origin.isEmpty()) {
        request.header("Origin", origin);
      }
      return cloud.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String part(String disposition, String type) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: "
        + disposition
        + (type.isEmpty() ? "" : "\r\nContent-Type: " + type)
        + "\r\n\r\n";
  }

  private void assertRefused(Form form, int status, String... texts) throws Exception {
    HttpResponse<String> answer = form.send();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body().replace("&quot;", "\"")).contains(texts);
    assertThat(s3.listObjectsV2(l -> l.bucket(form.bucket)).contents()).isEmpty();
  }

  private Form changed(Consumer<Form> change) {
    Form form = new Form(newBucket());
    change.accept(form);
    return form.signed();
  }

  @Test
  void signedForm_isStored_withWhatItsFieldsSay() throws Exception {
    Form form =
        changed(
            f ->
                f.with("key", "user/${filename}")
                    .with("Content-Type", "text/markdown")
                    .with("x-amz-meta-colour", "blue")
                    .and("[\"starts-with\", \"$Content-Type\", \"text/\"]")
                    .and("{\"x-amz-meta-colour\": \"blue\"}")
                    .and("[\"content-length-range\", 1, 5]"));

    HttpResponse<String> answer = form.send();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("ETag"))
        .contains("\"5d41402abc4b2a76b9719d911017c592\"");
    ResponseBytes<GetObjectResponse> stored =
        s3.getObjectAsBytes(g -> g.bucket(form.bucket).key("user/pic.txt"));
    assertThat(stored.asUtf8String()).isEqualTo("hello");
    assertThat(stored.response().contentType()).isEqualTo("text/markdown");
    assertThat(stored.response().metadata()).containsEntry("colour", "blue");
  }

  @Test
  void emptyFile_isStored() throws Exception {
    Form form = changed(f -> f.file = "");
    assertThat(form.send().statusCode()).isEqualTo(204);
    assertThat(s3.headObject(h -> h.bucket(form.bucket).key("user/a.txt")).contentLength())
        .isZero();
  }

  @Test
  void success_isAnsweredAsTheFormWants() throws Exception {
    Form created =
        changed(
            f -> f.with("success_action_status", "201").and("{\"success_action_status\":\"201\"}"));
    HttpResponse<String> document = created.send();
    assertThat(document.statusCode()).isEqualTo(201);
    assertThat(document.body())
        .contains(
            "<PostResponse><Location>https://"
                + created.bucket
                + ".s3.us-east-1.amazonaws.com/user%2Fa.txt</Location>",
            "<Bucket>" + created.bucket + "</Bucket><Key>user/a.txt</Key><ETag>");

    String page = "http://example.com/thanks?a=b";
    Form redirected =
        changed(
            f ->
                f.with("success_action_redirect", page)
                    .and("[\"starts-with\", \"$success_action_redirect\", \"http://example\"]"));
    HttpResponse<String> redirect = redirected.send();
    assertThat(redirect.statusCode()).isEqualTo(303);
    assertThat(redirect.headers().firstValue("Location").orElse(""))
        .startsWith(page + "&bucket=" + redirected.bucket + "&key=user%2Fa.txt&etag=%22");
  }

  @Test
  void signatureThatDoesNotCount_isRefused() throws Exception {
    assertRefused(changed(f -> f.secret = "guess"), 403, "<Code>SignatureDoesNotMatch</Code>");
    assertRefused(changed(f -> f.id = "AKIANOBODY"), 403, "<Code>InvalidAccessKeyId</Code>");
    Form tampered = changed(f -> {});
    tampered.with("policy", tampered.and("{\"acl\": \"private\"}").policy());
    assertRefused(tampered, 403, "<Code>SignatureDoesNotMatch</Code>");
    Form half = changed(f -> {});
    half.fields.remove("x-amz-signature");
    assertRefused(
        half,
        400,
        "<Code>InvalidArgument</Code>",
        "Bucket POST must contain a field named 'X-Amz-Signature'.  If it is specified, please"
            + " check the order of the fields.");
    Form unsigned = new Form(newBucket());
    assertRefused(unsigned, 403, "<Code>AccessDenied</Code>");
    assertRefused(unsigned.with("policy", unsigned.policy()), 403, "<Code>AccessDenied</Code>");
  }

  @Test
  void formOutsideItsPolicy_isRefused() throws Exception {
    assertRefused(
        changed(f -> f.expiration = Instant.now().minusSeconds(5)),
        403,
        "<Code>AccessDenied</Code>",
        "Invalid according to Policy: Policy expired.");
    assertRefused(
        changed(f -> f.with("key", "other/a.txt")),
        403,
        "Invalid according to Policy: Policy Condition failed: [\"starts-with\", \"$key\","
            + " \"user/\"]");
    assertRefused(
        changed(f -> f.with("acl", "private").and("{\"acl\": \"public-read\"}")),
        403,
        "Policy Condition failed: [\"eq\", \"$acl\", \"public-read\"]");
    assertRefused(
        changed(f -> f.with("x-amz-meta-note", "x")),
        403,
        "Invalid according to Policy: Extra input fields: x-amz-meta-note");
    assertRefused(
        changed(f -> f.and("[\"content-length-range\", 6, 9]")),
        400,
        "<Code>EntityTooSmall</Code>",
        "<ProposedSize>5</ProposedSize><MinSizeAllowed>6</MinSizeAllowed>");
    assertRefused(
        changed(f -> f.and("[\"content-length-range\", \"0\", \"4\"]")),
        400,
        "<Code>EntityTooLarge</Code>",
        "<ProposedSize>5</ProposedSize><MaxSizeAllowed>4</MaxSizeAllowed>");
    assertRefused(
        changed(
            f -> f.conditions = "{\"bucket\": \"another\"}, [\"eq\", \"$key\", \"user/a.txt\"]"),
        403,
        "Policy Condition failed: [\"eq\", \"$bucket\", \"another\"]");
  }

  @Test
  void policyThatIsNone_isRefused() throws Exception {
    Map<String, String> problems =
        Map.of(
            "{\"a\": \"b\", \"c\": \"d\"}",
            "Simple-Conditions must have exactly one property specified.",
            "[\"like\", \"$key\", \"x\"]",
            "Invalid Condition: unknown operation 'like'.",
            "[\"eq\", \"$key\"]",
            "Invalid eq: wrong number of arguments.",
            "7",
            "Invalid condition test: must be a List or Object.");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      assertRefused(
          changed(f -> f.and(problem.getKey())),
          400,
          "<Code>InvalidPolicyDocument</Code>",
          "Invalid Policy: ",
          problem.getValue());
    }
  }

  @Test
  void bodyThatIsNoForm_isRefused() throws Exception {
    Form form = new Form(newBucket());
    assertThat(form.post("a=b", "application/x-www-form-urlencoded").body())
        .contains("<Code>PreconditionFailed</Code>", "enclosure-type multipart/form-data");
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    assertThat(form.post("nonsense", type).body()).contains("<Code>MalformedPOSTRequest</Code>");
    assertThat(
            form.post(part("form-data; name=\"key\"", "") + "k\r\n--" + BOUNDARY + "--\r\n", type)
                .body())
        .contains("<Code>IncorrectNumberOfFilesInPostRequest</Code>");
    Form keyless = new Form(newBucket());
    keyless.fields.remove("key");
    assertRefused(keyless, 400, "Bucket POST must contain a field named 'key'.");
    Form large = new Form(newBucket());
    large.with("x-amz-meta-large", "x".repeat(21 * 1024));
    assertRefused(large, 400, "<Code>MaxPostPreDataLengthExceededError</Code>");
  }

  @Test
  void signer_needsThePermissionToWrite() throws Exception {
    IamClient iam = cloud.client(IamClient.builder());
    iam.createUser(u -> u.userName("uploader"));
    AccessKey key = iam.createAccessKey(k -> k.userName("uploader")).accessKey();
    Consumer<Form> byUser =
        f -> {
          f.id = key.accessKeyId();
          f.secret = key.secretAccessKey();
        };

    assertRefused(changed(byUser), 403, "user/uploader is not authorized to perform: s3:PutObject");
    iam.putUserPolicy(
        p ->
            p.userName("uploader")
                .policyName("write")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[
                     {"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}"""));
    assertThat(changed(byUser).send().statusCode()).isEqualTo(204);
  }

  @Test
  void publiclyWritableBucket_takesAFormWithoutAPolicy() throws Exception {
    String bucket = newBucket();
    s3.deletePublicAccessBlock(b -> b.bucket(bucket));
    s3.putBucketPolicy(
        b ->
            b.bucket(bucket)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":"s3:PutObject","Resource":"arn:aws:s3:::%s/*"}]}"""
                        .formatted(bucket)));

    assertThat(new Form(bucket).send().statusCode()).isEqualTo(204);
  }

  @Test
  void formOfVersion2_asBoto3MakesIt_counts() throws Exception {
    Form form = new Form(newBucket());
    String policy = form.policy();
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("test".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8)));
    form.with("AWSAccessKeyId", "test").with("policy", policy);

    assertRefused(form.with("signature", "AAAA"), 403, "<Code>SignatureDoesNotMatch</Code>");
    assertThat(form.with("signature", signature).send().statusCode()).isEqualTo(204);
  }

  @Test
  void formOfAForeignPage_writesOnlyWhereCorsNamesIt() throws Exception {
    Form form = changed(f -> f.origin = "https://evil.example");

    assertThat(form.send().statusCode()).isEqualTo(403);
    assertThat(s3.listObjectsV2(l -> l.bucket(form.bucket)).contents()).isEmpty();
    CORSRule rule =
        CORSRule.builder().allowedMethods("POST").allowedOrigins("https://evil.example").build();
    s3.putBucketCors(b -> b.bucket(form.bucket).corsConfiguration(c -> c.corsRules(rule)));
    assertThat(form.send().statusCode()).isEqualTo(204);
  }

  @Test
  void boto3_uploadsByItsOwnForm() throws Exception {
    String bucket = newBucket();
    String program =
        """
        import sys
        try:
            import boto3, requests
            from botocore.config import Config
        except ImportError:
            print('no boto3'); sys.exit()
        for version in ('s3v4', 's3'):
            s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1',
                aws_access_key_id='test', aws_secret_access_key='test',
                config=Config(signature_version=version))
            form = s3.generate_presigned_post(sys.argv[2], 'by/' + version,
                Fields={'Content-Type': 'text/plain'},
                Conditions=[{'Content-Type': 'text/plain'}, ['content-length-range', 0, 10]])
            for content in (b'hello', b'far too long for this'):
                answer = requests.post(form['url'], data=form['fields'],
                    files={'file': ('x.txt', content)})
                print(answer.status_code, end=' ')
        """;
    Process process;
    try {
      process =
          new ProcessBuilder(List.of("python3", "-c", program, cloud.endpoint().toString(), bucket))
              .redirectErrorStream(true)
              .start();
    } catch (java.io.IOException e) {
      assumeThat(e).as("a python3").isNull();
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeThat(said.strip()).as("boto3 and requests").isNotEqualTo("no boto3");

    assertThat(said.strip()).isEqualTo("204 400 204 400");
    assertThat(s3.listObjectsV2(l -> l.bucket(bucket)).contents())
        .extracting(object -> object.key())
        .containsExactly("by/s3", "by/s3v4");
  }
}
