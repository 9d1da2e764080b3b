package dev.cloudtask.localcloud.services.s3;

/** Tells whether a bucket policy is public in the sense of Block Public Access. */
@FunctionalInterface
interface PublicPolicies {
  boolean isPublic(String policy);
}
