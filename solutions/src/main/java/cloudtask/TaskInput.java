package cloudtask;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a task that a client may set. All others ({@code userId}, {@code taskId}, {@code
 * createdAt}) are the server's to give: a client that sends them is not refused, it is not heard.
 *
 * @param title the title, or null when none was sent
 * @param completed whether the task is done, or null when that was not sent
 */
record TaskInput(@Nullable String title, @Nullable Boolean completed) {

  /** Longest title, in code points: what a reader counts as characters, emoji included. */
  static final int MAX_TITLE_LENGTH = 500;

  /**
   * Takes the title exactly as it was sent. White space at its ends is the client's business (the
   * web page trims what people type): a server that edits what it stores surprises its callers.
   *
   * @throws Refusal 400, when the title is blank, too long or not text
   */
  TaskInput {
    if (title != null) {
      checkTitle(title);
    }
  }

  /**
   * Reads the body of a request.
   *
   * @throws Refusal 400, when it is not a JSON object, or a field in it is not what it should be
   */
  static TaskInput parse(String body) {
    JsonFields fields = JsonFields.parse(body, "title", "completed");
    return new TaskInput(fields.string("title"), fields.bool("completed"));
  }

  /**
   * The title of a task to be created.
   *
   * @throws Refusal 400, when none was sent
   */
  String requiredTitle() {
    if (title == null) {
      throw Refusal.badRequest("title is missing");
    }
    return title;
  }

  /** Whether there is nothing in it that would change a task. */
  boolean isEmpty() {
    return title == null && completed == null;
  }

  private static void checkTitle(String title) {
    if (title.codePoints().allMatch(TaskInput::isWhiteSpace)) {
      throw Refusal.badRequest("title must not be blank");
    }
    int length = title.codePointCount(0, title.length());
    if (length > MAX_TITLE_LENGTH) {
      throw Refusal.badRequest(
          "title must not be longer than %d characters; this one has %d"
              .formatted(MAX_TITLE_LENGTH, length));
    }
    // JSON's escapes can spell half a character (a lone surrogate), which UTF-8 cannot hold:
    // stored,
    // it would come back as a question mark.
    if (title.codePoints().anyMatch(TaskInput::isSurrogate)) {
      throw Refusal.badRequest("title contains half of a surrogate pair");
    }
  }

  /** Java's white space leaves out the no-break spaces, which nobody sees either. */
  private static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
