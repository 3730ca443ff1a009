// dumpAst(): a tree as Python's ast.dump(tree, include_attributes=...) prints it. Generated from Ast.def,
// except for constants, whose repr() is here.
#include "compiler/frontend/parse.h"
#include "compiler/frontend/unicode.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace krait {

using namespace ast;

namespace {

class Dumper {
public:
  explicit Dumper(bool attributes) : attributes_(attributes) {}
  void node(const Node *node);
  std::string take() { return std::move(out_); }

private:
  void field(const char *name) {
    if (!first_)
      out_ += ", ";
    first_ = false;
    out_ += name;
    out_ += '=';
  }
  void integer(int value) { out_ += std::to_string(value); }
  void text(std::string_view text) { repr(text, false); }
  void repr(std::string_view text, bool bytes);
  void constant(const Constant *constant);
  void bigInteger(const Constant *constant);
  void real(double value, bool inComplex);
  template <typename T, typename F> void sequence(const Seq<T> &items, F &&one) {
    out_ += '[';
    for (uint32_t i = 0; i < items.size(); i++) {
      if (i)
        out_ += ", ";
      one(items[i]);
    }
    out_ += ']';
  }
  void location(const Located *node) {
    if (!attributes_)
      return;
    field("lineno"), integer(node->loc.line);
    field("col_offset"), integer(node->loc.col);
    field("end_lineno"), integer(node->loc.endLine);
    field("end_col_offset"), integer(node->loc.endCol);
  }
  void location(const Node *) {}

  template <typename T> void fields(const T *node);

#define AST_ENUM(Enum, python, ...)                                                                          \
  void enumerator(Enum value) {                                                                              \
    static constexpr std::string_view kNames = #__VA_ARGS__ ",";                                             \
    size_t start = 0;                                                                                        \
    for (int i = 0; i < int(value); i++)                                                                     \
      start = kNames.find(',', start) + 1;                                                                   \
    while (kNames[start] == ' ')                                                                             \
      start++;                                                                                               \
    out_ += kNames.substr(start, kNames.find(',', start) - start);                                           \
    out_ += "()";                                                                                            \
  }
#include "compiler/frontend/Ast.def"

  std::string out_;
  bool attributes_, first_ = true;
};

void Dumper::repr(std::string_view text, bool bytes) {
  const bool single = text.find('\'') != text.npos, both = single && text.find('"') != text.npos;
  const char quote = single && !both ? '"' : '\'';
  if (bytes)
    out_ += 'b';
  out_ += quote;
  char code[16];
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    int32_t c = bytes ? uint8_t(*p++) : unicode::decodeUtf8(p, end);
    if (c == quote || c == '\\')
      (out_ += '\\') += char(c);
    else if (c == '\n')
      out_ += "\\n";
    else if (c == '\r')
      out_ += "\\r";
    else if (c == '\t')
      out_ += "\\t";
    else if (c < 0x20 || c == 0x7F || (bytes && c >= 0x80) ||
             (c < 0x100 && !unicode::isPrintable(uint32_t(c))))
      std::snprintf(code, sizeof code, "\\x%02x", unsigned(c)), out_ += code;
    else if (c < 0x80 || unicode::isPrintable(uint32_t(c)))
      unicode::appendUtf8(out_, uint32_t(c));
    else
      std::snprintf(code, sizeof code, c < 0x10000 ? "\\u%04x" : "\\U%08x", unsigned(c)), out_ += code;
  }
  out_ += quote;
}

void Dumper::bigInteger(const Constant *constant) {
  std::vector<uint64_t> limbs(constant->limbs, constant->limbs + constant->limbCount);
  std::string digits;
  while (!limbs.empty()) {
    unsigned __int128 rest = 0;
    for (size_t i = limbs.size(); i-- > 0;) {
      rest = rest << 64 | limbs[i];
      limbs[i] = uint64_t(rest / 10000000000000000000u);
      rest %= 10000000000000000000u;
    }
    while (!limbs.empty() && !limbs.back())
      limbs.pop_back();
    std::string chunk = std::to_string(uint64_t(rest));
    digits = (limbs.empty() ? chunk : std::string(19 - chunk.size(), '0') + chunk) + digits;
  }
  if (constant->negative)
    out_ += '-';
  out_ += digits.empty() ? "0" : digits;
}

void Dumper::real(double value, bool inComplex) {
  if (std::isinf(value)) {
    out_ += value < 0 ? "-inf" : "inf";
    return;
  }
  // Shortest digits in scientific form, laid out with a point when the exponent is from -4 to 15.
  char buffer[40];
  auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific);
  (void)error;
  std::string_view text(buffer, size_t(end - buffer));
  size_t e = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
  std::string digits;
  for (char c : text.substr(0, e))
    if (c != '.')
      digits += c;
  if (std::signbit(value))
    out_ += '-';
  if (exponent >= -4 && exponent < 16) {
    if (exponent < 0)
      out_ += "0." + std::string(size_t(-exponent - 1), '0') + digits;
    else if (digits.size() <= size_t(exponent) + 1)
      out_ += digits + std::string(size_t(exponent) + 1 - digits.size(), '0') + (inComplex ? "" : ".0");
    else
      out_ += digits.substr(0, size_t(exponent) + 1) + "." + digits.substr(size_t(exponent) + 1);
    return;
  }
  out_ += digits.substr(0, 1);
  if (digits.size() > 1)
    out_ += "." + digits.substr(1);
  char suffix[16];
  std::snprintf(suffix, sizeof suffix, "e%c%02d", exponent < 0 ? '-' : '+', std::abs(exponent));
  out_ += suffix;
}

void Dumper::constant(const Constant *constant) {
  switch (constant->kind) {
  case ConstantKind::None:
    out_ += "None";
    break;
  case ConstantKind::True:
    out_ += "True";
    break;
  case ConstantKind::False:
    out_ += "False";
    break;
  case ConstantKind::Ellipsis:
    out_ += "Ellipsis";
    break;
  case ConstantKind::Int:
    bigInteger(constant);
    break;
  case ConstantKind::Float:
    real(constant->real, false);
    break;
  case ConstantKind::Complex:
    real(constant->imag, true);
    out_ += 'j';
    break;
  case ConstantKind::Str:
    repr(constant->text.view(), false);
    break;
  case ConstantKind::Bytes:
    repr(constant->text.view(), true);
    break;
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet:
    out_ += constant->kind == ConstantKind::Tuple ? "(" : "frozenset({";
    for (uint32_t i = 0; i < constant->items.size(); i++) {
      if (i)
        out_ += ", ";
      this->constant(constant->items[i]);
    }
    if (constant->kind == ConstantKind::FrozenSet)
      out_ += "})";
    else
      out_ += constant->items.size() == 1 ? ",)" : ")";
    break;
  }
}

#define F_ONE(T, f) field(#f), this->node(node->f);
#define F_OPT(T, f)                                                                                          \
  if (node->f)                                                                                               \
    field(#f), this->node(node->f);
#define F_SEQ(T, f) field(#f), sequence(node->f, [this](const Node *item) { this->node(item); });
#define F_SEQOPT(T, f) F_SEQ(T, f)
#define F_ID(f) field(#f), text(node->f->view());
#define F_OPTID(f)                                                                                           \
  if (node->f)                                                                                               \
    field(#f), text(node->f->view());
#define F_SEQID(f) field(#f), sequence(node->f, [this](Identifier item) { text(item->view()); });
#define F_INT(f) field(#f), integer(node->f);
#define F_STR(f) field(#f), text(node->f->view());
#define F_OPTSTR(f)                                                                                          \
  if (node->f)                                                                                               \
    field(#f), text(node->f->view());
#define F_CONST(f) field(#f), constant(node->f);
#define F_ENUM(E, f) field(#f), enumerator(node->f);
#define F_SEQENUM(E, f) field(#f), sequence(node->f, [this](E item) { enumerator(item); });
#define AST_NODE(Sum, Name, list)                                                                            \
  template <> void Dumper::fields(const Name##Sum *node) {                                                   \
    (void)node;                                                                                              \
    list                                                                                                     \
  }
#define AST_PRODUCT(Name, python, Base, list)                                                                \
  template <> void Dumper::fields(const Name *node) { list }
#include "compiler/frontend/Ast.def"

void Dumper::node(const Node *node) {
  if (!node) {
    out_ += "None";
    return;
  }
  const bool outer = first_;
  first_ = true;
  out_ += className(node->kind);
  out_ += '(';
  switch (node->kind) {
#define AST_NODE(Sum, Name, list)                                                                            \
  case NodeKind::Name##Sum:                                                                                  \
    fields(static_cast<const Name##Sum *>(node));                                                            \
    location(static_cast<const Name##Sum *>(node));                                                          \
    break;
#define AST_PRODUCT(Name, python, Base, list)                                                                \
  case NodeKind::Name:                                                                                       \
    fields(static_cast<const Name *>(node));                                                                 \
    location(static_cast<const Name *>(node));                                                               \
    break;
#include "compiler/frontend/Ast.def"
  }
  out_ += ')';
  first_ = outer;
}

} // namespace

std::string dumpAst(const Node *node, bool attributes) {
  Dumper dumper(attributes);
  dumper.node(node);
  return dumper.take();
}

} // namespace krait
