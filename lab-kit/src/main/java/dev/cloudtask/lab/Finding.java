package dev.cloudtask.lab;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a student's work, ready to be told. Thrown by a lab's test; the step's name
 * and the way on are added to it on its way out ({@link LabFailure}).
 */
public final class Finding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of red that a student must be able to tell apart. */
  public enum Kind {
    /** Nothing is there yet that could be wrong. */
    NOT_STARTED("not started yet"),
    /** Something is there, and it does not do what it should. */
    WRONG(""),
    /** The template was refused, so that nothing could be tried. */
    NOT_DEPLOYED("your template does not deploy"),
    /** The code was refused by the compiler, so that nothing could be tried. */
    NOT_COMPILED("your code does not compile"),
    /** The test could not do its work, by no fault of the student. */
    NOT_TESTED("could not be tested");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns how a heading says it; empty for what is simply wrong. */
    String words() {
      return words;
    }
  }

  private final Kind kind;
  private final String did;
  private final String expected;
  private final String got;
  private final @Nullable String where;
  private final @Nullable String why;

  private Finding(Builder builder) {
    super(builder.got, null, false, true);
    this.kind = builder.kind;
    this.did = Objects.requireNonNull(builder.did);
    this.expected = Objects.requireNonNull(builder.expected, "what was expected must be said");
    this.got = Objects.requireNonNull(builder.got, "what came must be said");
    this.where = builder.where;
    this.why = builder.why;
  }

  /** Begins a finding about something that is there and wrong, with what the test did. */
  public static Builder did(String action) {
    return new Builder(Kind.WRONG, action);
  }

  /** Begins a finding of another kind, with what the test did. */
  public static Builder of(Kind kind, String action) {
    return new Builder(kind, action);
  }

  Kind kind() {
    return kind;
  }

  String did() {
    return did;
  }

  String expected() {
    return expected;
  }

  String got() {
    return got;
  }

  Optional<String> where() {
    return Optional.ofNullable(where);
  }

  Optional<String> why() {
    return Optional.ofNullable(why);
  }

  /** Collects what a finding says. */
  public static final class Builder {
    private final Kind kind;
    private final String did;
    private @Nullable String expected;
    private @Nullable String got;
    private @Nullable String where;
    private @Nullable String why;

    private Builder(Kind kind, String did) {
      this.kind = kind;
      this.did = did;
    }

    /** Sets what should have come. */
    public Builder expected(String value) {
      expected = value;
      return this;
    }

    /** Sets what came. */
    public Builder got(String value) {
      got = value;
      return this;
    }

    /** Sets the place in the student's own file. */
    public Builder where(String value) {
      where = value;
      return this;
    }

    /** Sets why AWS is like that, in a sentence. */
    public Builder why(String value) {
      why = value;
      return this;
    }

    /** Returns the finding, to be thrown. */
    public Finding found() {
      return new Finding(this);
    }
  }
}
