// Scopes: which names a block of code binds and uses, and where each name lives (local register, cell,
// closure, global). Built in one walk over the AST and one resolution from the outside in; the rules and
// error messages are those of CPython 3.11's symbol tables.
#pragma once

#include "compiler/frontend/parse.h"
#include "compiler/support/native_stack.h"

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace krait {

enum class ScopeKind : uint8_t { Module, Class, Function, Annotation };

enum class ComprehensionKind : uint8_t { None, List, Set, Dict, Generator };

/// Where a name lives.
enum class NamePlace : uint8_t { Unknown, Local, GlobalExplicit, GlobalImplicit, Free, Cell };

/// What a block does with a name.
enum SymbolFlag : uint16_t {
  kSymGlobal = 1, // `global x`
  kSymLocal = 2,  // bound by an assignment of any kind, def, class
  kSymParam = 4,
  kSymNonlocal = 8, // `nonlocal x`
  kSymUse = 16,
  kSymAnnotated = 32, // x: T
  kSymImport = 64,
  kSymFreeClass = 128, // bound in a class body, and free in a function inside it
  kSymCompIter = 256,  // iteration variable of a comprehension
  kSymWalrus = 512,    // target of := in this very block: may change in the middle of an expression
  kSymBound = kSymLocal | kSymParam | kSymImport,
};

struct Symbol {
  ast::Identifier name;
  uint16_t flags = 0;
  NamePlace place = NamePlace::Unknown;
};

class Scope {
public:
  ScopeKind kind;
  ComprehensionKind comprehension = ComprehensionKind::None;
  bool nested = false;    // inside a function, at any depth
  bool generator = false; // contains yield
  bool coroutine = false; // contains await, or is an async def
  bool hasVarArgs = false, hasVarKeywords = false;
  bool needsClassClosure = false; // a class in which a method uses __class__ or super
  bool inIterTarget = false;      // while visiting the targets of a comprehension
  unsigned iterExprDepth = 0;
  ast::Identifier name;
  ast::Node *node;
  ast::Location loc;
  Scope *parent;
  std::vector<Symbol> symbols;         // in order of first mention
  std::vector<ast::Identifier> params; // posonly, args, kwonly, *args, **kwargs
  std::vector<Scope *> children;

  Scope(ScopeKind kind, ast::Identifier name, ast::Node *node, ast::Location loc, Scope *parent)
      : kind(kind), name(name), node(node), loc(loc), parent(parent) {}

  /// The symbol with this (mangled) name, or null. The pointer is valid until a symbol is added.
  Symbol *find(ast::Identifier name);
  Symbol &findOrAdd(ast::Identifier name);
  bool isFunction() const { return kind == ScopeKind::Function; }

private:
  // Open addressing on the identifier's hash, made once the linear search would be long.
  std::vector<uint32_t> index_;
  void rehash();
};

/// `global x` or `nonlocal x` standing in a scope: errors found when names are resolved point at it.
struct Directive {
  Scope *scope;
  ast::Identifier name;
  ast::Location loc;
};

/// The mangled form of [name] inside class [className] (null outside classes).
ast::Identifier mangleName(ast::AstContext &context, ast::Identifier className, ast::Identifier name);

/// All scopes of one module.
class ScopeTable {
public:
  explicit ScopeTable(ast::AstContext &context) : context_(context) {}

  /// Builds and resolves; false with [error] set if the program breaks a rule of scoping.
  bool build(ast::Mod *mod, uint32_t futureFlags, SyntaxErrorInfo &error);

  Scope *top() const { return top_; }
  /// The scope that belongs to a module, function, lambda, class or comprehension node.
  Scope *scopeOf(const ast::Node *node) const {
    auto it = byNode_.find(node);
    return it == byNode_.end() ? nullptr : it->second;
  }

private:
  friend class ScopeBuilder;
  friend class ScopeResolver;
  ast::AstContext &context_;
  std::deque<Scope> scopes_;
  std::unordered_map<const ast::Node *, Scope *> byNode_;
  std::vector<Directive> directives_;
  Scope *top_ = nullptr;
};

/// How deeply statements and expressions may nest before compilation gives RecursionError, as CPython counts
/// it.
inline constexpr unsigned kMaxCompileDepth = 3000;
void setRecursionError(SyntaxErrorInfo &error);
/// Sets a SyntaxError about [loc] as the compiler reports them: columns are byte offsets plus one.
void setSyntaxError(SyntaxErrorInfo &error, ast::Location loc, std::string message);

} // namespace krait
