package io.tas.dbhub.gate;

/** Where in a text something is, as people count: from 1. */
record Place(int line, int column) {

  static Place of(String text, int offset) {
    int line = 1;
    int begin = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
      line++;
      begin = i + 1;
    }
    return new Place(line, text.codePointCount(begin, offset) + 1);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
