package dev.cloudtask.localcloud.services.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private final Random random = new Random(20261122);

  private BigDecimal any() {
    int digits = 1 + random.nextInt(38);
    StringBuilder text = new StringBuilder();
    text.append((char) ('1' + random.nextInt(9)));
    for (int i = 1; i < digits; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    int exponent = random.nextInt(256) - 130;
    BigDecimal number = new BigDecimal(new BigInteger(text.toString()), digits - 1 - exponent);
    return switch (random.nextInt(20)) {
      case 0 -> BigDecimal.ZERO;
      case 1, 2, 3, 4, 5, 6, 7, 8 -> Numbers.checked(number.negate());
      default -> Numbers.checked(number);
    };
  }

  @Test
  @DisplayName("a number comes back from its bytes, and its bytes are ordered as it is")
  void toBytes_orderAndReturn() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      numbers.add(any());
    }
    for (String edge :
        List.of("0", "1", "-1", "10", "9", "1E-130", "-1E-130", "9.9E+125", "-9.9E+125", "1.01")) {
      numbers.add(Numbers.parse(edge));
    }
    for (int i = 0; i < numbers.size(); i++) {
      BigDecimal one = numbers.get(i);
      BigDecimal two = numbers.get(random.nextInt(numbers.size()));
      assertThat(Numbers.fromBytes(Numbers.toBytes(one))).isEqualTo(one);
      assertThat(Integer.signum(compare(one, two)))
          .as(one + " ? " + two)
          .isEqualTo(Integer.signum(one.compareTo(two)));
    }
  }

  private static int compare(BigDecimal one, BigDecimal two) {
    return Arrays.compareUnsigned(Numbers.toBytes(one), Numbers.toBytes(two));
  }

  @Test
  @DisplayName("what is printed is read as the same number")
  void print_parse() {
    for (int i = 0; i < 1000; i++) {
      BigDecimal number = any();
      assertThat(Numbers.parse(Numbers.print(number))).isEqualTo(number);
    }
  }

  @Test
  @DisplayName("keys of several parts are ordered part by part, zero bytes and all")
  void keyBytes_order() {
    for (int i = 0; i < 5000; i++) {
      AttributeValue one = anyKey(i % 3);
      AttributeValue two = anyKey(i % 3);
      AttributeValue partition = new AttributeValue.Text("p");
      int bytes =
          Arrays.compareUnsigned(
              KeyBytes.partition(partition).then(one).then(anyKey(0)).toBytes(),
              KeyBytes.partition(partition).then(two).then(anyKey(0)).toBytes());
      int values = ValueOrder.compare(one, two).orElseThrow();
      if (values != 0) {
        assertThat(Integer.signum(bytes)).as(one + " ? " + two).isEqualTo(Integer.signum(values));
      }
    }
  }

  private AttributeValue anyKey(int type) {
    int length = random.nextInt(4);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = new byte[] {0, 1, (byte) 0xFF, 'a'}[random.nextInt(4)];
    }
    return switch (type) {
      case 0 -> new AttributeValue.Blob(Binary.of(bytes));
      case 1 -> new AttributeValue.Decimal(any());
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
          text.appendCodePoint(new int[] {0, 'a', 'ü', 0xFFFF, 0x1F331}[random.nextInt(5)]);
        }
        yield new AttributeValue.Text(text.toString());
      }
    };
  }

  @Test
  @DisplayName("a number weighs a byte for two digits, one for the exponent, one if negative")
  void size() {
    assertThat(Numbers.size(Numbers.parse("0"))).isEqualTo(1);
    assertThat(Numbers.size(Numbers.parse("1"))).isEqualTo(2);
    assertThat(Numbers.size(Numbers.parse("12"))).isEqualTo(2);
    assertThat(Numbers.size(Numbers.parse("-12"))).isEqualTo(3);
    assertThat(Numbers.size(Numbers.parse("123"))).isEqualTo(3);
    assertThat(Numbers.size(Numbers.parse("1".repeat(38) + "0".repeat(88)))).isEqualTo(20);
    assertThat(Numbers.size(Numbers.parse("1" + "0".repeat(125)))).isEqualTo(2);
  }
}
