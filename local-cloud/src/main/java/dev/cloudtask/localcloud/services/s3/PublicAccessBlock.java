package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;

/**
 * Block Public Access of a bucket: four switches, all on in a new bucket.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">
 *     Blocking public access to your Amazon S3 storage</a>
 */
record PublicAccessBlock(
    boolean blockPublicAcls,
    boolean ignorePublicAcls,
    boolean blockPublicPolicy,
    boolean restrictPublicBuckets) {
  static final PublicAccessBlock OFF = new PublicAccessBlock(false, false, false, false);
  static final PublicAccessBlock ON = new PublicAccessBlock(true, true, true, true);

  static PublicAccessBlock from(XmlElement document) {
    return new PublicAccessBlock(
        on(document, "BlockPublicAcls"),
        on(document, "IgnorePublicAcls"),
        on(document, "BlockPublicPolicy"),
        on(document, "RestrictPublicBuckets"));
  }

  private static boolean on(XmlElement document, String name) {
    return document.childText(name).map(Boolean::parseBoolean).orElse(false);
  }

  String toXml() {
    return SettingDocuments.writer("PublicAccessBlockConfiguration")
        .element("BlockPublicAcls", blockPublicAcls)
        .element("IgnorePublicAcls", ignorePublicAcls)
        .element("BlockPublicPolicy", blockPublicPolicy)
        .element("RestrictPublicBuckets", restrictPublicBuckets)
        .toString();
  }
}
