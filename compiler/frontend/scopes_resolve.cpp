// Decides where each name of each scope lives, once all scopes are known. A name that a function uses but
// does not bind is sought in the functions around it; what is found becomes a cell there, and is handed
// through the functions between.
#include "compiler/frontend/scopes.h"

namespace krait {

using namespace ast;

void buildScopes(ScopeTable &table, Mod *mod, uint32_t futureFlags, SyntaxErrorInfo &error);

class ScopeResolver {
public:
  ScopeResolver(ScopeTable &table, SyntaxErrorInfo &error)
      : table_(table), error_(error), dunderClass_(table.context_.intern("__class__")) {}

  void run() {
    // Scopes stand in the deque in the order they were entered: outer before inner. [symbols] may grow while
    // names are handed through, so the loop goes by index.
    for (Scope &scope : table_.scopes_)
      if (scope.kind != ScopeKind::Annotation)
        for (size_t i = 0; i < scope.symbols.size(); ++i)
          classify(scope, i);
    for (Scope &scope : table_.scopes_)
      if (scope.kind != ScopeKind::Annotation)
        for (size_t i = 0; i < scope.symbols.size(); ++i)
          if (scope.symbols[i].place == NamePlace::Unknown)
            resolve(scope, scope.symbols[i].name);
  }

private:
  void failAt(Scope &scope, Identifier name, std::string message) {
    for (const Directive &d : table_.directives_)
      if (d.scope == &scope && d.name == name)
        return setSyntaxError(error_, d.loc, std::move(message));
    setSyntaxError(error_, scope.loc, std::move(message));
  }

  static std::string text(Identifier name) { return "'" + std::string(name->view()) + "'"; }

  /// What can be said of a name from its own scope alone.
  void classify(Scope &scope, size_t i) {
    Symbol &symbol = scope.symbols[i];
    if (symbol.flags & kSymGlobal) {
      if (symbol.flags & kSymNonlocal)
        return failAt(scope, symbol.name, "name " + text(symbol.name) + " is nonlocal and global");
      symbol.place = NamePlace::GlobalExplicit;
    } else if (symbol.flags & kSymNonlocal) {
      if (scope.kind == ScopeKind::Module)
        return failAt(scope, symbol.name, "nonlocal declaration not allowed at module level");
      if (!findBinder(scope, symbol.name))
        return failAt(scope, symbol.name, "no binding for nonlocal " + text(symbol.name) + " found");
    } else if (symbol.flags & kSymBound) {
      symbol.place = NamePlace::Local;
    }
  }

  /// The scope around [scope] whose binding of [name] a function or class inside it sees, or null.
  Scope *findBinder(Scope &scope, Identifier name) {
    for (Scope *s = scope.parent; s; s = s->parent) {
      if (s->kind == ScopeKind::Class && name == dunderClass_)
        return s;
      if (s->kind != ScopeKind::Function)
        continue;
      Symbol *symbol = s->find(name);
      if (!symbol)
        continue;
      if (symbol->flags & kSymGlobal)
        return nullptr;
      if ((symbol->flags & kSymBound) && !(symbol->flags & kSymNonlocal))
        return s;
    }
    return nullptr;
  }

  void resolve(Scope &scope, Identifier name) {
    Scope *binder = findBinder(scope, name);
    if (!binder) {
      scope.find(name)->place = NamePlace::GlobalImplicit;
      return;
    }
    for (Scope *s = &scope; s != binder; s = s->parent) {
      Symbol &symbol = s->findOrAdd(name);
      if (symbol.place == NamePlace::Local || symbol.place == NamePlace::GlobalExplicit) {
        // A class body binds the name for itself and hands on the function's.
        if (s->kind == ScopeKind::Class)
          symbol.flags |= kSymFreeClass;
        continue;
      }
      symbol.place = NamePlace::Free;
    }
    if (binder->kind == ScopeKind::Class)
      binder->needsClassClosure = true;
    else
      binder->find(name)->place = NamePlace::Cell;
  }

  ScopeTable &table_;
  SyntaxErrorInfo &error_;
  Identifier dunderClass_;
};

bool ScopeTable::build(Mod *mod, uint32_t futureFlags, SyntaxErrorInfo &error) {
  buildScopes(*this, mod, futureFlags, error);
  if (error.type == ParseErrorType::None)
    ScopeResolver(*this, error).run();
  return error.type == ParseErrorType::None;
}

} // namespace krait
