// The abstract syntax tree: node structs generated from Ast.def.
//
// A class `Name` of the sum `Expr` becomes `struct NameExpr : Expr` with the kind NodeKind::NameExpr and
// fields spelled as CPython spells them; products are plain (`Arguments`, `Keyword`). All nodes live in the
// arena of one AstContext and are freed with it. Identifiers are interned per context: equal text, equal
// pointer.
//
//   if (auto *name = ast::as<ast::NameExpr>(expr)) use(name->id->view());
// The kind of a node is read through its sum or base class (a ConstantExpr's own field `kind` is Python's).
//
//   switch (stmt->kind) { case ast::NodeKind::IfStmt: ... static_cast<ast::IfStmt *>(stmt)->test ... }
#pragma once

#include "compiler/support/arena.h"
#include "compiler/support/check.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace krait::ast {

/// Where a node stands in the source: 1-based lines, 0-based columns in UTF-8 bytes, end exclusive.
struct Location {
  int line = 0, col = 0, endLine = 0, endCol = 0;
};

/// An interned name (NFKC-normalised UTF-8). Compare by pointer within one AstContext.
struct IdentifierData {
  uint32_t size;
  uint32_t hash;
  std::string_view view() const { return {reinterpret_cast<const char *>(this + 1), size}; }
  const char *c_str() const { return reinterpret_cast<const char *>(this + 1); }
};
using Identifier = const IdentifierData *;

/// Text or bytes. Text is UTF-8 in which lone surrogates may occur (encoded in three bytes).
struct StrText {
  const char *data;
  uint32_t size;
  std::string_view view() const { return {data, size}; }
};

/// A sequence in the arena.
template <typename T> struct Seq {
  T *items = nullptr;
  uint32_t count = 0;
  uint32_t size() const { return count; }
  bool empty() const { return count == 0; }
  T *begin() const { return items; }
  T *end() const { return items + count; }
  T &operator[](size_t index) const {
    KRAIT_DCHECK(index < count);
    return items[index];
  }
  T &front() const { return (*this)[0]; }
  T &back() const { return (*this)[count - 1]; }
};

enum class ConstantKind : uint8_t {
  None,
  True,
  False,
  Ellipsis,
  Int,       ///< limbs, count, negative
  Float,     ///< real
  Complex,   ///< real, imag (the parser makes only real == 0)
  Str,       ///< text: UTF-8, lone surrogates allowed
  Bytes,     ///< text: raw bytes
  Tuple,     ///< items; never made by the parser, only by folding and from `ast` objects
  FrozenSet, ///< items; likewise
};

/// The value of a literal. Integers are sign and magnitude in little-endian 64-bit limbs without leading zero
/// limbs (zero has no limbs); the parser makes no negative ones.
struct Constant {
  ConstantKind kind;
  bool negative = false;
  union {
    struct {
      double real, imag;
    };
    struct {
      const uint64_t *limbs;
      uint32_t limbCount;
    };
    StrText text;
    Seq<Constant *> items;
  };

  explicit Constant(ConstantKind k) : kind(k), real(0), imag(0) {}

  /// If this is an Int that fits, stores it in [out].
  bool fitsInt64(int64_t &out) const {
    if (kind != ConstantKind::Int || limbCount > 1)
      return false;
    uint64_t magnitude = limbCount ? limbs[0] : 0;
    if (magnitude > uint64_t(INT64_MAX) + negative)
      return false;
    out = int64_t(negative ? 0 - magnitude : magnitude);
    return true;
  }
};

enum class NodeKind : uint8_t {
#define AST_NODE(Sum, Name, fields) Name##Sum,
#define AST_PRODUCT(Name, python, Base, fields) Name,
#include "compiler/frontend/Ast.def"
};

#define AST_ENUM(Enum, python, ...) enum class Enum : uint8_t { __VA_ARGS__ };
#include "compiler/frontend/Ast.def"

struct Node {
  NodeKind kind;
};
struct Located : Node {
  Location loc;
};

#define AST_SUM(Sum, python, Base)                                                                           \
  struct Sum : Base {};
#define AST_PRODUCT(Name, python, Base, fields) struct Name;
#include "compiler/frontend/Ast.def"

#define F_ONE(T, f) T *f = nullptr;
#define F_OPT(T, f) T *f = nullptr;
#define F_SEQ(T, f) Seq<T *> f;
#define F_SEQOPT(T, f) Seq<T *> f;
#define F_ID(f) Identifier f = nullptr;
#define F_OPTID(f) Identifier f = nullptr;
#define F_SEQID(f) Seq<Identifier> f;
#define F_INT(f) int f = 0;
#define F_STR(f) const StrText *f = nullptr;
#define F_OPTSTR(f) const StrText *f = nullptr;
#define F_CONST(f) Constant *f = nullptr;
#define F_ENUM(E, f) E f{};
#define F_SEQENUM(E, f) Seq<E> f;
#define AST_NODE(Sum, Name, fields)                                                                          \
  struct Name##Sum : Sum {                                                                                   \
    static constexpr NodeKind kKind = NodeKind::Name##Sum;                                                   \
    fields                                                                                                   \
  };
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  struct Name : Base {                                                                                       \
    static constexpr NodeKind kKind = NodeKind::Name;                                                        \
    fields                                                                                                   \
  };
#include "compiler/frontend/Ast.def"

/// [node] as a T, or null if it is of another class (or null).
template <typename T> T *as(Node *node) {
  return node && node->kind == T::kKind ? static_cast<T *>(node) : nullptr;
}
template <typename T> const T *as(const Node *node) {
  return node && node->kind == T::kKind ? static_cast<const T *>(node) : nullptr;
}

/// CPython's name of the class of [node] ("FunctionDef", "arguments").
const char *className(NodeKind kind);

/// Owner of trees: arena and interned names.
class AstContext {
public:
  Arena &arena() { return arena_; }

  /// The one Identifier with this text.
  Identifier intern(std::string_view text);

  template <typename T> T *make(Location loc) {
    T *node = new (arena_.allocate(sizeof(T))) T{};
    // Through the base: ConstantExpr has a field of its own that is called kind.
    static_cast<Node *>(node)->kind = T::kKind;
    node->loc = loc;
    return node;
  }
  template <typename T> T *make() {
    T *node = new (arena_.allocate(sizeof(T))) T{};
    static_cast<Node *>(node)->kind = T::kKind;
    return node;
  }
  Constant *makeConstant(ConstantKind kind) { return new (arena_.allocate(sizeof(Constant))) Constant(kind); }
  Constant *makeInt(int64_t value);
  const StrText *makeText(std::string_view text) {
    return arena_.create<StrText>(arena_.copy(text), uint32_t(text.size()));
  }
  template <typename T> Seq<T> makeSeq(const T *items, size_t count) {
    Seq<T> result;
    if (count) {
      result.items = arena_.createArray<T>(count);
      std::memcpy(static_cast<void *>(result.items), items, count * sizeof(T));
      result.count = uint32_t(count);
    }
    return result;
  }
  template <typename T> Seq<T> makeSeq(const std::vector<T> &items) {
    return makeSeq(items.data(), items.size());
  }

private:
  Arena arena_;
  std::vector<Identifier> table_; // open addressing, a power of two, null is free
  size_t used_ = 0;
};

} // namespace krait::ast
