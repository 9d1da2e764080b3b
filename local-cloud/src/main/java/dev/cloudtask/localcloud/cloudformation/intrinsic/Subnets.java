package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonArray;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Works out {@code Fn::Cidr} for IPv4: {@code count} blocks with {@code bits} bits of host each.
 */
final class Subnets {
  private static final Pattern BLOCK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

  private Subnets() {}

  static JsonArray split(String block, String count, String bits, Position at) {
    Matcher matcher = BLOCK.matcher(block);
    if (!matcher.matches() || !NUMBER.matcher(count).matches() || !NUMBER.matcher(bits).matches()) {
      throw FunctionErrors.wrongArguments("Fn::Cidr", at);
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      address = address << 8 | Long.parseLong(matcher.group(i));
    }
    int prefix = Integer.parseInt(matcher.group(5));
    int blocks = Integer.parseInt(count);
    int hostBits = Integer.parseInt(bits);
    boolean fits =
        hostBits >= 1 && hostBits <= 31 && 32 - hostBits >= prefix && blocks >= 1 && blocks <= 256;
    if (!fits || (32 - hostBits - prefix < 8 && blocks > 1 << (32 - hostBits - prefix))) {
      throw new TemplateException(
          "Template error: Fn::Cidr cannot divide "
              + block
              + " into "
              + blocks
              + " blocks of "
              + hostBits
              + " bits",
          at);
    }
    long size = 1L << hostBits;
    long start = address & -(1L << (32 - prefix));
    JsonArray result = new JsonArray();
    for (int i = 0; i < blocks; i++) {
      long each = start + i * size;
      result.add(
          (each >> 24 & 255)
              + "."
              + (each >> 16 & 255)
              + "."
              + (each >> 8 & 255)
              + "."
              + (each & 255)
              + "/"
              + (32 - hostBits));
    }
    return result;
  }
}
