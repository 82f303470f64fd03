package io.tas.dbhub.api.gate;

import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Which parts a read may be made of. What is not named here is refused, so a construct that a later
 * parser learns is refused until somebody has looked at it.
 */
final class ReadOnlyTree {
  private static final String PARSER = "net.sf.jsqlparser.";

  /** Operators compute; none of them acts. */
  private static final String OPERATORS = "expression.operators.";

  private static final Set<String> EXPRESSIONS =
      Set.of(
          "Alias",
          "Alias$AliasColumn",
          "AllValue",
          "AnalyticExpression",
          "AnalyticType",
          "AnyComparisonExpression",
          "AnyType",
          "ArrayConstructor",
          "ArrayExpression",
          "BooleanValue",
          "CaseExpression",
          "CastExpression",
          "CollateExpression",
          "DateTimeLiteralExpression",
          "DateTimeLiteralExpression$DateTime",
          "DateValue",
          "DoubleValue",
          "ExtractExpression",
          "FilterOverImpl",
          "Function",
          "Function$HavingClause",
          "Function$HavingClause$HavingType",
          "Function$NullHandling",
          "FunctionAllColumns",
          "HexValue",
          "IntervalExpression",
          "JdbcParameter",
          "JsonAggregateFunction",
          "JsonAggregateOnNullType",
          "JsonAggregateUniqueKeysType",
          "JsonExpression",
          "JsonFunction",
          "JsonFunctionExpression",
          "JsonFunctionType",
          "JsonKeyValuePair",
          "KeepExpression",
          "LongValue",
          "MySQLGroupConcat",
          "MySQLIndexHint",
          "NotExpression",
          "NullValue",
          "OrderByClause",
          "OverlapsCondition",
          "Parenthesis",
          "PartitionByClause",
          "RangeExpression",
          "RowConstructor",
          "RowGetExpression",
          "SQLServerHints",
          "SignedExpression",
          "StringValue",
          "TimeKeyExpression",
          "TimeValue",
          "TimestampValue",
          "TimezoneExpression",
          "TranscodingFunction",
          "TrimFunction",
          "TrimFunction$TrimSpecification",
          "UserVariable",
          "WhenClause",
          "WindowDefinition",
          "WindowElement",
          "WindowElement$Type",
          "WindowOffset",
          "WindowOffset$Type",
          "WindowRange",
          "XMLSerializeExpr");

  private static final Set<String> SELECTS =
      Set.of(
          "AllColumns",
          "AllTableColumns",
          "Distinct",
          "ExceptOp",
          "Fetch",
          "ForClause",
          "ForClause$ForOption",
          "FunctionAllColumns",
          "GroupByElement",
          "IntersectOp",
          "Join",
          "JoinHint",
          "LateralSubSelect",
          "Limit",
          "MinusOp",
          "MySqlSqlCacheFlags",
          "Offset",
          "OrderByElement",
          "OrderByElement$NullOrdering",
          "ParenthesedFromItem",
          "ParenthesedSelect",
          "Pivot",
          "PivotXml",
          "PlainSelect",
          "SampleClause",
          "SampleClause$SampleKeyword",
          "SampleClause$SampleMethod",
          "SelectItem",
          "SetOperationList",
          "SetOperationList$SetOperationType",
          "TableFunction",
          "TableStatement",
          "Top",
          "UnPivot",
          "UnionOp",
          "Values",
          "WithItem");

  private static final Set<String> NAMES =
      Set.of("Column", "Database", "Partition", "Server", "Table");

  private ReadOnlyTree() {}

  /** What in the statement is not known to be a read; empty when all of it is. */
  static Optional<String> firstForeign(Statement statement) {
    if (!(statement instanceof Select)) {
      return Optional.of(words(statement));
    }
    for (Object node : ParseTree.nodes(statement)) {
      if (!allowed(node)) {
        return Optional.of(words(node));
      }
    }
    return Optional.empty();
  }

  private static boolean allowed(Object node) {
    if (node instanceof PlainSelect select
        && (select.getIntoTables() != null || select.getIntoTempTable() != null)) {
      return false;
    }
    String name = node.getClass().getName().substring(PARSER.length());
    if (name.startsWith(OPERATORS)) {
      return true;
    }
    return in(name, "expression.", EXPRESSIONS)
        || in(name, "statement.select.", SELECTS)
        || in(name, "schema.", NAMES)
        || name.equals("statement.create.table.ColDataType");
  }

  private static boolean in(String name, String packageName, Set<String> names) {
    return name.startsWith(packageName) && names.contains(name.substring(packageName.length()));
  }

  private static String words(Object node) {
    return node.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2");
  }
}
