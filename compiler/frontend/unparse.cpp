// Expressions to text. One function per kind of node; levels are Python's operator precedences, and
// parentheses appear where a node binds less tightly than its place asks for.
#include "compiler/frontend/unparse.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

namespace krait {

using namespace ast;

namespace {

enum Level {
  kTuple,
  kTest,
  kOr,
  kAnd,
  kNot,
  kCmp,
  kExpr,
  kBor = kExpr,
  kBxor,
  kBand,
  kShift,
  kArith,
  kTerm,
  kFactor,
  kPower,
  kAwait,
  kAtom
};

struct OperatorRow {
  const char *text;
  int level;
};
constexpr OperatorRow kOperators[] = {{" + ", kArith},  {" - ", kArith}, {" * ", kTerm},   {" @ ", kTerm},
                                      {" / ", kTerm},   {" % ", kTerm},  {" ** ", kPower}, {" << ", kShift},
                                      {" >> ", kShift}, {" | ", kBor},   {" ^ ", kBxor},   {" & ", kBand},
                                      {" // ", kTerm}};
constexpr const char *kComparisons[] = {" == ", " != ", " < ",      " <= ", " > ",
                                        " >= ", " is ", " is not ", " in ", " not in "};

class Unparser {
public:
  std::string out;

  void expr(const Expr *e, int level) {
    switch (e->kind) {
    case NodeKind::BoolOpExpr:
      return boolOp(static_cast<const BoolOpExpr *>(e), level);
    case NodeKind::BinOpExpr:
      return binary(static_cast<const BinOpExpr *>(e), level);
    case NodeKind::UnaryOpExpr:
      return unary(static_cast<const UnaryOpExpr *>(e), level);
    case NodeKind::LambdaExpr: {
      auto *n = static_cast<const LambdaExpr *>(e);
      return parens(level > kTest, [&] {
        size_t before = (out += "lambda").size();
        out += ' ';
        arguments(n->args);
        if (out.size() == before + 1)
          out.pop_back();
        out += ": ";
        expr(n->body, kTest);
      });
    }
    case NodeKind::IfExpExpr: {
      auto *n = static_cast<const IfExpExpr *>(e);
      return parens(level > kTest, [&] {
        expr(n->body, kTest + 1);
        out += " if ";
        expr(n->test, kTest + 1);
        out += " else ";
        expr(n->orelse, kTest);
      });
    }
    case NodeKind::DictExpr:
      return dict(static_cast<const DictExpr *>(e));
    case NodeKind::SetExpr:
      return list("{", static_cast<const SetExpr *>(e)->elts, "}");
    case NodeKind::ListExpr:
      return list("[", static_cast<const ListExpr *>(e)->elts, "]");
    case NodeKind::TupleExpr:
      return tuple(static_cast<const TupleExpr *>(e)->elts, level);
    case NodeKind::ListCompExpr: {
      auto *n = static_cast<const ListCompExpr *>(e);
      return comprehension("[", n->elt, nullptr, n->generators, "]");
    }
    case NodeKind::SetCompExpr: {
      auto *n = static_cast<const SetCompExpr *>(e);
      return comprehension("{", n->elt, nullptr, n->generators, "}");
    }
    case NodeKind::DictCompExpr: {
      auto *n = static_cast<const DictCompExpr *>(e);
      return comprehension("{", n->key, n->value, n->generators, "}");
    }
    case NodeKind::GeneratorExpExpr: {
      auto *n = static_cast<const GeneratorExpExpr *>(e);
      return comprehension("(", n->elt, nullptr, n->generators, ")");
    }
    case NodeKind::AwaitExpr:
      return parens(level > kAwait, [&] {
        out += "await ";
        expr(static_cast<const AwaitExpr *>(e)->value, kAtom);
      });
    case NodeKind::YieldExpr: {
      auto *value = static_cast<const YieldExpr *>(e)->value;
      out += value ? "(yield " : "(yield";
      if (value)
        expr(value, kTuple);
      out += ")";
      return;
    }
    case NodeKind::YieldFromExpr:
      out += "(yield from ";
      expr(static_cast<const YieldFromExpr *>(e)->value, kTest);
      out += ")";
      return;
    case NodeKind::CompareExpr: {
      auto *n = static_cast<const CompareExpr *>(e);
      return parens(level > kCmp, [&] {
        expr(n->left, kCmp + 1);
        for (uint32_t i = 0; i < n->ops.size(); ++i) {
          out += kComparisons[unsigned(n->ops[i])];
          expr(n->comparators[i], kCmp + 1);
        }
      });
    }
    case NodeKind::CallExpr:
      return call(static_cast<const CallExpr *>(e));
    case NodeKind::ConstantExpr: {
      auto *n = static_cast<const ConstantExpr *>(e);
      if (n->ConstantExpr::kind)
        out += 'u';
      return constant(*n->value);
    }
    case NodeKind::JoinedStrExpr:
    case NodeKind::FormattedValueExpr: {
      Unparser inner;
      inner.formatPart(e, false);
      out += 'f';
      out += strRepr(inner.out);
      return;
    }
    case NodeKind::AttributeExpr: {
      auto *n = static_cast<const AttributeExpr *>(e);
      expr(n->value, kAtom);
      auto *c = as<ConstantExpr>(n->value);
      out += c && c->value->kind == ConstantKind::Int ? " ." : ".";
      out += n->attr->view();
      return;
    }
    case NodeKind::StarredExpr:
      out += '*';
      return expr(static_cast<const StarredExpr *>(e)->value, kExpr);
    case NodeKind::NameExpr:
      out += static_cast<const NameExpr *>(e)->id->view();
      return;
    case NodeKind::SubscriptExpr: {
      auto *n = static_cast<const SubscriptExpr *>(e);
      expr(n->value, kAtom);
      out += '[';
      expr(n->slice, kTuple);
      out += ']';
      return;
    }
    case NodeKind::SliceExpr: {
      auto *n = static_cast<const SliceExpr *>(e);
      if (n->lower)
        expr(n->lower, kTest);
      out += ':';
      if (n->upper)
        expr(n->upper, kTest);
      if (n->step) {
        out += ':';
        expr(n->step, kTest);
      }
      return;
    }
    case NodeKind::NamedExprExpr: {
      auto *n = static_cast<const NamedExprExpr *>(e);
      return parens(level > kTuple, [&] {
        expr(n->target, kAtom);
        out += " := ";
        expr(n->value, kAtom);
      });
    }
    default:
      KRAIT_UNREACHABLE("no expression: %s", className(e->kind));
    }
  }

  void constant(const ast::Constant &c) {
    switch (c.kind) {
    case ConstantKind::None:
      out += "None";
      return;
    case ConstantKind::True:
      out += "True";
      return;
    case ConstantKind::False:
      out += "False";
      return;
    case ConstantKind::Ellipsis:
      out += "...";
      return;
    case ConstantKind::Int:
      out += intText(c.limbs, c.limbCount, c.negative);
      return;
    case ConstantKind::Float:
      out += finite(c.real);
      return;
    case ConstantKind::Complex:
      if (c.real == 0 && !std::signbit(c.real))
        out += part(c.imag) + "j";
      else
        out += "(" + part(c.real) + (std::signbit(c.imag) ? "" : "+") + part(c.imag) + "j)";
      return;
    case ConstantKind::Str:
      out += strRepr(c.text.view());
      return;
    case ConstantKind::Bytes:
      out += bytesRepr(c.text.view());
      return;
    case ConstantKind::Tuple:
    case ConstantKind::FrozenSet: {
      bool tuple = c.kind == ConstantKind::Tuple;
      out += tuple ? "(" : c.items.empty() ? "frozenset(" : "frozenset({";
      for (uint32_t i = 0; i < c.items.size(); ++i) {
        if (i)
          out += ", ";
        constant(*c.items[i]);
      }
      out += tuple ? (c.items.size() == 1 ? ",)" : ")") : c.items.empty() ? ")" : "})";
      return;
    }
    }
  }

private:
  template <typename F> void parens(bool needed, F inside) {
    if (needed)
      out += '(';
    inside();
    if (needed)
      out += ')';
  }

  /// Infinity has no literal; a number too great does the same.
  static std::string finite(double v) { return std::isinf(v) ? (v < 0 ? "-1e309" : "1e309") : floatRepr(v); }

  /// A part of a complex number: whole numbers without ".0".
  static std::string part(double v) {
    std::string text = finite(v);
    if (text.ends_with(".0"))
      text.resize(text.size() - 2);
    return text;
  }

  void boolOp(const BoolOpExpr *n, int level) {
    int own = n->op == BoolOperator::And ? kAnd : kOr;
    parens(level > own, [&] {
      for (uint32_t i = 0; i < n->values.size(); ++i) {
        if (i)
          out += own == kAnd ? " and " : " or ";
        expr(n->values[i], own + 1);
      }
    });
  }

  void binary(const BinOpExpr *n, int level) {
    const OperatorRow &row = kOperators[unsigned(n->op)];
    bool rightAssociative = n->op == Operator::Pow;
    parens(level > row.level, [&] {
      expr(n->left, row.level + rightAssociative);
      out += row.text;
      expr(n->right, row.level + !rightAssociative);
    });
  }

  void unary(const UnaryOpExpr *n, int level) {
    constexpr OperatorRow kUnary[] = {{"~", kFactor}, {"not ", kNot}, {"+", kFactor}, {"-", kFactor}};
    const OperatorRow &row = kUnary[unsigned(n->op)];
    parens(level > row.level, [&] {
      out += row.text;
      expr(n->operand, row.level);
    });
  }

  void separator(bool &first) {
    if (!first)
      out += ", ";
    first = false;
  }

  void arg(const Arg *a) {
    out += a->arg->view();
    if (a->annotation) {
      out += ": ";
      expr(a->annotation, kTest);
    }
  }

  void arguments(const Arguments *args) {
    bool first = true;
    uint32_t positional = args->posonlyargs.size() + args->args.size();
    for (uint32_t i = 0; i < positional; ++i) {
      separator(first);
      uint32_t own = args->posonlyargs.size();
      arg(i < own ? args->posonlyargs[i] : args->args[i - own]);
      if (uint32_t without = positional - args->defaults.size(); i >= without) {
        out += '=';
        expr(args->defaults[i - without], kTest);
      }
      if (own && i + 1 == own)
        out += ", /";
    }
    if (args->vararg || !args->kwonlyargs.empty()) {
      separator(first);
      out += '*';
      if (args->vararg)
        arg(args->vararg);
    }
    for (uint32_t i = 0; i < args->kwonlyargs.size(); ++i) {
      separator(first);
      arg(args->kwonlyargs[i]);
      if (args->kw_defaults[i]) {
        out += '=';
        expr(args->kw_defaults[i], kTest);
      }
    }
    if (args->kwarg) {
      separator(first);
      out += "**";
      arg(args->kwarg);
    }
  }

  void list(const char *open, Seq<Expr *> elts, const char *close) {
    out += open;
    bool first = true;
    for (Expr *e : elts) {
      separator(first);
      expr(e, kTest);
    }
    out += close;
  }

  void tuple(Seq<Expr *> elts, int level) {
    if (elts.empty()) {
      out += "()";
      return;
    }
    parens(level > kTuple, [&] { list("", elts, elts.size() == 1 ? "," : ""); });
  }

  void dict(const DictExpr *n) {
    out += '{';
    bool first = true;
    for (uint32_t i = 0; i < n->values.size(); ++i) {
      separator(first);
      if (n->keys[i]) {
        expr(n->keys[i], kTest);
        out += ": ";
        expr(n->values[i], kTest);
      } else {
        out += "**";
        expr(n->values[i], kExpr);
      }
    }
    out += '}';
  }

  void comprehension(const char *open, const Expr *elt, const Expr *value, Seq<Comprehension *> generators,
                     const char *close) {
    out += open;
    expr(elt, kTest);
    if (value) {
      out += ": ";
      expr(value, kTest);
    }
    for (Comprehension *g : generators) {
      out += g->is_async ? " async for " : " for ";
      expr(g->target, kTuple);
      out += " in ";
      expr(g->iter, kTest + 1);
      for (Expr *condition : g->ifs) {
        out += " if ";
        expr(condition, kTest + 1);
      }
    }
    out += close;
  }

  void call(const CallExpr *n) {
    expr(n->func, kAtom);
    if (n->args.size() == 1 && n->keywords.empty() && n->args[0]->kind == NodeKind::GeneratorExpExpr)
      return expr(n->args[0], kAtom);
    out += '(';
    bool first = true;
    for (Expr *a : n->args) {
      separator(first);
      expr(a, kTest);
    }
    for (Keyword *k : n->keywords) {
      separator(first);
      if (k->arg) {
        out += k->arg->view();
        out += '=';
      } else {
        out += "**";
      }
      expr(k->value, kTest);
    }
    out += ')';
  }

  void formatPart(const Expr *e, bool isSpec) {
    if (auto *c = as<ConstantExpr>(e)) {
      for (char ch : c->value->text.view()) {
        out += ch;
        if (ch == '{' || ch == '}')
          out += ch;
      }
      return;
    }
    if (auto *j = as<JoinedStrExpr>(e)) {
      for (Expr *part : j->values)
        formatPart(part, isSpec);
      return;
    }
    auto *n = static_cast<const FormattedValueExpr *>(e);
    Unparser inner;
    inner.expr(n->value, kTest + 1);
    out += inner.out.starts_with('{') ? "{ " : "{";
    out += inner.out;
    if (n->conversion > 0) {
      out += '!';
      out += char(n->conversion);
    }
    if (n->format_spec) {
      out += ':';
      formatPart(n->format_spec, true);
    }
    out += '}';
  }
};

bool printable(uint32_t cp) {
  if (cp < 0x7F)
    return cp >= 0x20;
  if (cp < 0xA1 || cp == 0xAD || (cp >= 0xD800 && cp < 0xF900))
    return false;
  return !((cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
           (cp >= 0x205F && cp <= 0x206F) || cp == 0x3000 || cp == 0xFEFF || (cp >= 0xFFF0 && cp < 0xFFFC) ||
           cp >= 0xE0000);
}

void escape(std::string &out, uint32_t cp) {
  char buffer[16];
  snprintf(buffer, sizeof buffer, cp < 0x100 ? "\\x%02x" : cp < 0x10000 ? "\\u%04x" : "\\U%08x", cp);
  out += buffer;
}

bool escapeCommon(std::string &out, char c, char quote) {
  switch (c) {
  case '\n':
    out += "\\n";
    return true;
  case '\r':
    out += "\\r";
    return true;
  case '\t':
    out += "\\t";
    return true;
  default:
    if (c != '\\' && c != quote)
      return false;
    out += '\\';
    out += c;
    return true;
  }
}

char quoteFor(std::string_view text) {
  return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

} // namespace

std::string unparseExpr(const Expr *e) {
  Unparser u;
  u.expr(e, kTest);
  return std::move(u.out);
}

std::string unparseConstant(const ast::Constant &value) {
  if (value.kind == ConstantKind::Ellipsis)
    return "Ellipsis";
  Unparser u;
  u.constant(value);
  return std::move(u.out);
}

std::string strRepr(std::string_view text) {
  char quote = quoteFor(text);
  std::string out(1, quote);
  for (size_t i = 0; i < text.size();) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    unsigned length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    uint32_t cp = length == 1 ? c : c & (0x7Fu >> length);
    for (unsigned k = 1; k < length && i + k < text.size(); ++k)
      cp = cp << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    if (length > 1 || !escapeCommon(out, char(c), quote)) {
      if (printable(cp))
        out += text.substr(i, length);
      else
        escape(out, cp);
    }
    i += length;
  }
  return out + quote;
}

std::string bytesRepr(std::string_view bytes) {
  char quote = quoteFor(bytes);
  std::string out = "b";
  out += quote;
  for (char ch : bytes) {
    unsigned char c = static_cast<unsigned char>(ch);
    if (escapeCommon(out, ch, quote))
      continue;
    if (c >= 0x20 && c < 0x7F)
      out += ch;
    else
      escape(out, c);
  }
  return out + quote;
}

std::string floatRepr(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  char buffer[40];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view text(buffer, size_t(end - buffer));
  std::string out = text[0] == '-' ? "-" : "";
  if (text[0] == '-')
    text.remove_prefix(1);
  size_t e = text.find('e');
  int exponent = atoi(std::string(text.substr(e + 1)).c_str());
  std::string digits(1, text[0]);
  if (e > 2)
    digits += text.substr(2, e - 2);
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (digits.size() > 1)
      out += "." + digits.substr(1);
    snprintf(buffer, sizeof buffer, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
    return out + buffer;
  }
  if (exponent < 0)
    return out + "0." + std::string(size_t(-exponent - 1), '0') + digits;
  if (digits.size() <= size_t(exponent) + 1)
    return out + digits + std::string(size_t(exponent) + 1 - digits.size(), '0') + ".0";
  return out + digits.substr(0, size_t(exponent) + 1) + "." + digits.substr(size_t(exponent) + 1);
}

std::string intText(const uint64_t *limbs, uint32_t count, bool negative) {
  std::vector<uint64_t> rest(limbs, limbs + count);
  std::string digits;
  constexpr uint64_t kChunk = 10000000000000000000ull;
  while (!rest.empty()) {
    __uint128_t remainder = 0;
    for (size_t i = rest.size(); i-- > 0;) {
      remainder = remainder << 64 | rest[i];
      rest[i] = uint64_t(remainder / kChunk);
      remainder %= kChunk;
    }
    while (!rest.empty() && !rest.back())
      rest.pop_back();
    uint64_t chunk = uint64_t(remainder);
    for (int i = 0; i < 19 && (chunk || !rest.empty()); ++i, chunk /= 10)
      digits += char('0' + chunk % 10);
  }
  if (digits.empty())
    digits = "0";
  if (negative)
    digits += '-';
  return {digits.rbegin(), digits.rend()};
}

} // namespace krait
