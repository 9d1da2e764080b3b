package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import dev.cloudtask.localcloud.services.s3.StoredObject.Segment;
import dev.cloudtask.localcloud.services.s3.UploadStore.Part;
import dev.cloudtask.localcloud.services.s3.UploadStore.Upload;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** CompleteMultipartUpload: the parts become an object without being copied. */
final class MultipartCompletion {
  private static final long MIN_PART_BYTES = 5L << 20;

  private final CloudEnvironment environment;
  private final Access access;
  private final MultipartUploads multipart;
  private final ObjectWrites writes;
  private final ObjectStore objects;
  private final UploadStore uploads;

  MultipartCompletion(
      CloudEnvironment environment,
      Access access,
      MultipartUploads multipart,
      ObjectWrites writes,
      ObjectStore objects,
      UploadStore uploads) {
    this.environment = environment;
    this.access = access;
    this.multipart = multipart;
    this.writes = writes;
    this.objects = objects;
    this.uploads = uploads;
  }

  HttpResponse complete(S3Request request) {
    Bucket bucket = access.object(request, "s3:PutObject");
    Upload upload = multipart.upload(request, bucket);
    List<Part> parts = chosenParts(request, upload);
    StoredChecksum checksum = checksum(upload, parts);
    verifyClaim(request, checksum);
    List<Segment> segments = parts.stream().map(Part::segment).toList();
    StoredObject draft =
        new StoredObject(
            upload.key(),
            0,
            StoredObject.NULL_VERSION,
            false,
            writes.now(),
            parts.stream().mapToLong(Part::size).sum(),
            etag(parts),
            segments,
            true,
            upload.headers(),
            upload.metadata(),
            upload.tags(),
            checksum);
    StoredObject placed =
        environment
            .store()
            .write(
                () -> {
                  Preconditions.checkWrite(
                      request, objects.current(bucket.name(), upload.key()), upload.key());
                  if (!uploads.parts(upload).containsAll(parts)) {
                    throw S3Errors.noSuchUpload(upload.id()); // a part was replaced meanwhile
                  }
                  uploads.remove(upload, parts);
                  return objects.place(bucket, draft);
                });
    request.span().note("key", placed.key()).note("parts", parts.size());
    XmlWriter xml =
        SettingDocuments.writer("CompleteMultipartUploadResult")
            .element(
                "Location",
                "https://"
                    + bucket.name()
                    + ".s3."
                    + bucket.region()
                    + ".amazonaws.com/"
                    + PercentEncoding.encodePath(placed.key()))
            .element("Bucket", bucket.name())
            .element("Key", placed.key())
            .element("ETag", placed.quotedEtag())
            .element(checksum.kind().element(), checksum.value())
            .element("ChecksumType", checksum.type());
    return ObjectHeaders.version(
        ObjectHeaders.encryption(HttpResponse.of(200, "application/xml", xml.toBytes()), placed),
        bucket,
        placed);
  }

  private List<Part> chosenParts(S3Request request, Upload upload) {
    // Checksum headers of this operation are about the object, not about this body.
    XmlElement document =
        SettingDocuments.received(request.http().body().bytes(), "CompleteMultipartUpload");
    SettingDocuments.only(document, "Part");
    if (document.children().isEmpty()) {
      throw S3Errors.malformedXml();
    }
    Map<Integer, Part> arrived =
        uploads.parts(upload).stream().collect(Collectors.toMap(Part::number, Function.identity()));
    List<Part> chosen = new ArrayList<>();
    int before = 0;
    for (XmlElement element : document.children()) {
      SettingDocuments.only(
          element,
          "PartNumber",
          "ETag",
          "ChecksumCRC32",
          "ChecksumCRC32C",
          "ChecksumCRC64NVME",
          "ChecksumSHA1",
          "ChecksumSHA256");
      String text = SettingDocuments.required(element, "PartNumber").text().strip();
      if (!text.matches("\\d{1,9}")) {
        throw S3Errors.malformedXml();
      }
      int number = Integer.parseInt(text);
      String etag = SettingDocuments.required(element, "ETag").text().strip().replace("\"", "");
      if (number <= before) {
        throw S3Errors.invalidPartOrder(upload.id());
      }
      before = number;
      Part part = arrived.get(number);
      if (part == null || !part.etag().equals(etag) || !checksumAgrees(upload, element, part)) {
        throw S3Errors.invalidPart(etag, number, upload.id());
      }
      chosen.add(part);
    }
    for (Part part : chosen.subList(0, chosen.size() - 1)) {
      if (part.size() < MIN_PART_BYTES) {
        throw S3Errors.entityTooSmall(part.etag(), part.number(), part.size());
      }
    }
    return chosen;
  }

  private static boolean checksumAgrees(Upload upload, XmlElement element, Part part) {
    if (upload.chosen().isEmpty()) {
      return true;
    }
    Optional<String> claimed = element.childText(upload.chosen().get().element());
    return claimed.isEmpty() || claimed.get().strip().equals(part.checksum());
  }

  /** The MD5 of the parts' MD5s, a hyphen, the number of parts (FIDELITY S3-036). */
  private static String etag(List<Part> parts) {
    MessageDigest md5 = ChecksumAlgorithm.messageDigest("MD5");
    parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }

  private StoredChecksum checksum(Upload upload, List<Part> parts) {
    ChecksumAlgorithm algorithm = upload.chosen().orElse(ChecksumAlgorithm.CRC64NVME);
    ChecksumAlgorithm.Hasher hasher = algorithm.hasher();
    if (upload.checksumType().equals(StoredChecksum.COMPOSITE)) {
      for (Part part : parts) {
        String value = part.checksum();
        if (value == null) {
          throw new IllegalStateException("a part of an upload with checksums has none");
        }
        byte[] raw = Base64.getDecoder().decode(value);
        hasher.update(raw, 0, raw.length);
      }
      String value = Base64.getEncoder().encodeToString(hasher.digest()) + "-" + parts.size();
      return new StoredChecksum(algorithm.name(), value, StoredChecksum.COMPOSITE);
    }
    List<Segment> segments = parts.stream().map(Part::segment).toList();
    long size = parts.stream().mapToLong(Part::size).sum();
    try {
      objects.contents().read(segments, 0, size, hasher::update);
    } catch (ContentStore.GoneException e) {
      throw S3Errors.noSuchUpload(upload.id()); // aborted or replaced meanwhile
    }
    return StoredChecksum.full(algorithm, Base64.getEncoder().encodeToString(hasher.digest()));
  }

  private static void verifyClaim(S3Request request, StoredChecksum checksum) {
    Optional<String> claimed = request.header(checksum.kind().header());
    if (claimed.isPresent() && !claimed.get().equals(checksum.value())) {
      throw S3Errors.badChecksum(checksum.algorithm());
    }
  }
}
