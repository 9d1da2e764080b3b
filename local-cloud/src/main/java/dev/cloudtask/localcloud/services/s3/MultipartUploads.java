package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import dev.cloudtask.localcloud.services.s3.UploadStore.Part;
import dev.cloudtask.localcloud.services.s3.UploadStore.Upload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CreateMultipartUpload, UploadPart, UploadPartCopy, AbortMultipartUpload and the two lists. */
final class MultipartUploads {
  private final CloudEnvironment environment;
  private final Access access;
  private final ObjectWrites writes;
  private final ObjectCopies copies;
  private final ObjectStore objects;
  private final UploadStore uploads;

  MultipartUploads(
      CloudEnvironment environment,
      Access access,
      ObjectWrites writes,
      ObjectCopies copies,
      ObjectStore objects,
      UploadStore uploads) {
    this.environment = environment;
    this.access = access;
    this.writes = writes;
    this.copies = copies;
    this.objects = objects;
    this.uploads = uploads;
  }

  HttpResponse create(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Optional<ChecksumAlgorithm> algorithm =
        request
            .header("x-amz-checksum-algorithm")
            .map(
                name ->
                    ChecksumAlgorithm.named(name)
                        .orElseThrow(
                            () ->
                                S3Errors.invalidRequest(
                                    "Checksum algorithm provided is unsupported. Please try again with"
                                        + " any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1,"
                                        + " SHA256]")));
    String type = checksumType(request, algorithm);
    Map<String, String> tags =
        request.header("x-amz-tagging").map(Tags::fromHeader).orElse(Map.of());
    Upload upload =
        new Upload(
            bucket.name(),
            request.key(),
            environment.ids().mixed(64),
            writes.now(),
            ObjectHeaders.stored(request, bucket),
            ObjectHeaders.metadata(request),
            tags,
            algorithm.map(Enum::name).orElse(null),
            type);
    uploads.add(upload);
    XmlWriter xml =
        SettingDocuments.writer("InitiateMultipartUploadResult")
            .element("Bucket", bucket.name())
            .element("Key", upload.key())
            .element("UploadId", upload.id());
    HttpResponse response =
        HttpResponse.of(200, "application/xml", xml.toBytes())
            .with(
                "x-amz-server-side-encryption",
                upload.headers().getOrDefault("x-amz-server-side-encryption", "AES256"));
    return algorithm.isEmpty()
        ? response
        : response
            .with("x-amz-checksum-algorithm", algorithm.get().name())
            .with("x-amz-checksum-type", type);
  }

  private static String checksumType(S3Request request, Optional<ChecksumAlgorithm> algorithm) {
    Optional<String> wanted = request.header("x-amz-checksum-type");
    if (algorithm.isEmpty()) {
      if (wanted.isPresent()) {
        throw S3Errors.invalidRequest(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return StoredChecksum.FULL_OBJECT;
    }
    String standard =
        algorithm.get() == ChecksumAlgorithm.CRC64NVME
            ? StoredChecksum.FULL_OBJECT
            : StoredChecksum.COMPOSITE;
    String type = wanted.orElse(standard);
    if (!List.of(StoredChecksum.FULL_OBJECT, StoredChecksum.COMPOSITE).contains(type)) {
      throw S3Errors.invalidRequest("Value for x-amz-checksum-type header is invalid.");
    }
    boolean possible =
        type.equals(StoredChecksum.FULL_OBJECT)
            ? algorithm.get().isLinear()
            : algorithm.get() != ChecksumAlgorithm.CRC64NVME;
    if (!possible) {
      throw S3Errors.invalidRequest(
          "The "
              + type
              + " checksum type cannot be used with the "
              + algorithm.get().name().toLowerCase(Locale.ROOT)
              + " checksum algorithm.");
    }
    return type;
  }

  /** Returns the upload a request is about. */
  Upload upload(S3Request request, Bucket bucket) {
    String id = request.parameter("uploadId").orElse("");
    return uploads
        .find(bucket.name(), request.key(), id)
        .orElseThrow(() -> S3Errors.noSuchUpload(id));
  }

  private static int partNumber(S3Request request) {
    String text = request.parameter("partNumber").orElse("");
    int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    if (number < 1 || number > 10_000) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
    }
    return number;
  }

  HttpResponse uploadPart(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Upload upload = upload(request, bucket);
    int number = partNumber(request);
    Payload payload = Payload.of(request);
    Part part = keep(upload, number, payload);
    HttpResponse response = HttpResponse.of(200).with("ETag", '"' + part.etag() + '"');
    String checksum = part.checksum();
    if (checksum != null) {
      response = response.with(algorithm(upload).header(), checksum);
    } else if (payload.claimed().isPresent()) {
      StoredChecksum claimed = payload.claimed().get();
      response = response.with(claimed.kind().header(), claimed.value());
    }
    return response.with(
        "x-amz-server-side-encryption",
        upload.headers().getOrDefault("x-amz-server-side-encryption", "AES256"));
  }

  private static ChecksumAlgorithm algorithm(Upload upload) {
    return upload.chosen().orElse(ChecksumAlgorithm.CRC64NVME);
  }

  private Part keep(Upload upload, int number, Payload payload) {
    ChecksumAlgorithm algorithm = algorithm(upload);
    Optional<StoredChecksum> claimed = payload.claimed();
    if (upload.chosen().isPresent()
        && claimed.filter(checksum -> checksum.kind() != algorithm).isPresent()) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + claimed.get().kind().name().toLowerCase(Locale.ROOT));
    }
    ContentStore.Staged staged = objects.contents().stage(payload.content());
    Part part =
        new Part(
            number,
            payload.md5Hex(),
            staged.size(),
            staged.id(),
            writes.now(),
            upload.chosen().isPresent() ? algorithm.base64Of(payload.content()) : null);
    uploads.put(upload, part, staged);
    return part;
  }

  HttpResponse uploadPartCopy(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Upload upload = upload(request, bucket);
    int number = partNumber(request);
    StoredObject source = copies.source(request).object();
    ByteRange range = new ByteRange(0, source.size() - 1);
    Optional<String> header = request.header("x-amz-copy-source-range");
    if (header.isPresent()) {
      if (!header.get().matches("bytes=\\d{1,18}-\\d{1,18}")) {
        throw S3Errors.invalidArgument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
                + " last are the zero-based offsets of the first and last bytes to copy",
            "x-amz-copy-source-range",
            header.get());
      }
      range = ByteRange.parse(header.get(), source.size()).orElse(range);
    }
    byte[] content = copies.read(source, range.first(), range.length());
    Payload payload =
        new Payload(
            content, ChecksumAlgorithm.messageDigest("MD5").digest(content), Optional.empty());
    Part part = keep(upload, number, payload);
    XmlWriter xml =
        SettingDocuments.writer("CopyPartResult")
            .element("LastModified", Buckets.iso(part.lastModified()))
            .element("ETag", '"' + part.etag() + '"');
    if (part.checksum() != null) {
      xml.element(algorithm(upload).element(), part.checksum());
    }
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  HttpResponse abort(S3Request request) {
    Bucket bucket = access.object(request, "s3:AbortMultipartUpload");
    Upload upload = upload(request, bucket);
    environment.store().write(() -> uploads.remove(upload, List.of()));
    return HttpResponse.of(204);
  }

  HttpResponse listParts(S3Request request) {
    Bucket bucket = access.object(request, "s3:ListMultipartUploadParts");
    Upload upload = upload(request, bucket);
    int marker = request.number("part-number-marker", 0);
    int max = Math.min(1000, request.number("max-parts", 1000));
    List<Part> later =
        uploads.parts(upload).stream().filter(part -> part.number() > marker).toList();
    List<Part> page = later.subList(0, Math.min(max, later.size()));
    XmlWriter xml =
        SettingDocuments.writer("ListPartsResult")
            .element("Bucket", bucket.name())
            .element("Key", upload.key())
            .element("UploadId", upload.id());
    xml.open("Initiator").element("ID", bucket.accountId()).close();
    Buckets.owner(xml, bucket.accountId());
    xml.element("StorageClass", upload.headers().getOrDefault("x-amz-storage-class", "STANDARD"))
        .element("PartNumberMarker", marker)
        .element("NextPartNumberMarker", page.isEmpty() ? 0 : page.get(page.size() - 1).number())
        .element("MaxParts", max)
        .element("IsTruncated", page.size() < later.size());
    upload
        .chosen()
        .ifPresent(
            chosen ->
                xml.element("ChecksumAlgorithm", chosen.name())
                    .element("ChecksumType", upload.checksumType()));
    for (Part part : page) {
      xml.open("Part")
          .element("PartNumber", part.number())
          .element("LastModified", Buckets.iso(part.lastModified()))
          .element("ETag", '"' + part.etag() + '"')
          .element("Size", part.size());
      if (part.checksum() != null) {
        xml.element(algorithm(upload).element(), part.checksum());
      }
      xml.close();
    }
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  HttpResponse listUploads(S3Request request) {
    Bucket bucket = access.bucket(request, "s3:ListBucketMultipartUploads");
    String prefix = request.parameter("prefix").orElse("");
    String keyMarker = request.parameter("key-marker").orElse("");
    String idMarker = request.parameter("upload-id-marker").orElse("");
    int max = Math.min(1000, request.number("max-uploads", 1000));
    if (!request.parameter("delimiter").orElse("").isEmpty()) {
      throw S3Errors.notEmulated("A delimiter in ListMultipartUploads");
    }
    List<Upload> later =
        uploads.of(bucket.name(), prefix).stream()
            .filter(upload -> isBehind(upload, keyMarker, idMarker))
            .toList();
    List<Upload> page = later.subList(0, Math.min(max, later.size()));
    boolean truncated = page.size() < later.size() && !page.isEmpty();
    XmlWriter xml =
        SettingDocuments.writer("ListMultipartUploadsResult")
            .element("Bucket", bucket.name())
            .element("KeyMarker", keyMarker)
            .element("UploadIdMarker", idMarker)
            .element("NextKeyMarker", page.isEmpty() ? "" : page.get(page.size() - 1).key())
            .element("NextUploadIdMarker", page.isEmpty() ? "" : page.get(page.size() - 1).id())
            .element("Prefix", prefix)
            .element("MaxUploads", max)
            .element("IsTruncated", truncated);
    for (Upload upload : page) {
      xml.open("Upload").element("Key", upload.key()).element("UploadId", upload.id());
      xml.open("Initiator").element("ID", bucket.accountId()).close();
      Buckets.owner(xml, bucket.accountId());
      xml.element("StorageClass", upload.headers().getOrDefault("x-amz-storage-class", "STANDARD"))
          .element("Initiated", Buckets.iso(upload.initiatedAt()));
      upload
          .chosen()
          .ifPresent(
              chosen ->
                  xml.element("ChecksumAlgorithm", chosen.name())
                      .element("ChecksumType", upload.checksumType()));
      xml.close();
    }
    return HttpResponse.of(200, "application/xml", xml.toBytes());
  }

  private static boolean isBehind(Upload upload, String keyMarker, String idMarker) {
    int order = ObjectKeys.compare(upload.key(), keyMarker);
    return keyMarker.isEmpty()
        || order > 0
        || (order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0);
  }
}
