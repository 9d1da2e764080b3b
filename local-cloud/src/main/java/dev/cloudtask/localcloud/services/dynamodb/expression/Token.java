package dev.cloudtask.localcloud.services.dynamodb.expression;

/**
 * A piece of an expression.
 *
 * @param kind what it is
 * @param text as written; empty at the end
 * @param start index of its first character
 * @param end index after its last character
 */
record Token(Kind kind, String text, int start, int end) {
  /** What a token is. */
  enum Kind {
    /** A bare word: an attribute name, a function, a keyword. */
    WORD,
    /** A placeholder of a name, with its {@code #}. */
    NAME,
    /** A placeholder of a value, with its colon. */
    VALUE,
    /** Decimal digits. */
    NUMBER,
    /** An operator or a punctuation mark. */
    SYMBOL,
    /** A character that means nothing in the language. */
    UNKNOWN,
    /** The end of the expression. */
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }
}
