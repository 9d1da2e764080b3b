package dev.cloudtask.localcloud.services.s3;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: polynomial AD93D23594C93659, reflected, all ones before and after; eight tables, one
 * step for eight bytes.
 *
 * @see <a href="https://reveng.sourceforge.io/crc-catalogue/17plus.htm">Catalogue of CRC
 *     algorithms</a>
 */
final class Crc64Nvme implements Checksum {
  private static final long REFLECTED = 0x9A6C9329AC4BC9B5L;
  private static final long[][] TABLES = tables();

  private long crc = ~0L;

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int n = 0; n < 256; n++) {
      long value = n;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? (value >>> 1) ^ REFLECTED : value >>> 1;
      }
      tables[0][n] = value;
    }
    for (int n = 0; n < 256; n++) {
      for (int k = 1; k < 8; k++) {
        long before = tables[k - 1][n];
        tables[k][n] = (before >>> 8) ^ tables[0][(int) (before & 0xFF)];
      }
    }
    return tables;
  }

  @Override
  public void update(int octet) {
    crc = (crc >>> 8) ^ TABLES[0][(int) ((crc ^ octet) & 0xFF)];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      long mixed = crc;
      for (int i = 0; i < 8; i++) {
        mixed ^= (bytes[at + i] & 0xFFL) << (8 * i);
      }
      long next = 0;
      for (int i = 0; i < 8; i++) {
        next ^= TABLES[7 - i][(int) ((mixed >>> (8 * i)) & 0xFF)];
      }
      crc = next;
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = ~0L;
  }
}
