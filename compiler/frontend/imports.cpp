// The import statements.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Imports ---------------------------------------------------------------------------------------

bool Parser::dottedName(Identifier &out) {
  const Token *name = accept(Name);
  if (!name)
    return false;
  out = identifier(*name);
  if (!at(Dot))
    return true;
  std::string text(out->view());
  while (at(Dot)) {
    mark_++;
    if (!(name = accept(Name))) {
      mark_--;
      break;
    }
    text += '.';
    text += identifier(*name)->view();
  }
  out = context_.intern(text);
  return true;
}

Stmt *Parser::importName() {
  const Token &start = peek();
  mark_++;
  List<Alias> names(*this);
  do {
    const Token &first = peek();
    Identifier name, asname = nullptr;
    if (!dottedName(name))
      return nullptr;
    if (accept(As)) {
      const Token *as = accept(Name);
      if (!as)
        return nullptr;
      asname = identifier(*as);
    }
    auto *alias = context_.make<Alias>(from(first));
    alias->name = name;
    alias->asname = asname;
    names.push(alias);
  } while (accept(Comma));
  auto *node = context_.make<ImportStmt>(from(start));
  node->names = names.finish();
  return node;
}

Stmt *Parser::importFrom() {
  const Token &start = peek();
  mark_++;
  int level = 0;
  for (;; mark_++) {
    if (at(Dot))
      level++;
    else if (at(TokenKind::Ellipsis))
      level += 3;
    else
      break;
  }
  Identifier module = nullptr;
  if (!dottedName(module) && !level)
    return nullptr;
  List<Alias> names(*this);
  if (!accept(Import) || !importFromTargets(names))
    return nullptr;
  auto *node = context_.make<ImportFromStmt>(from(start));
  node->module = module;
  node->names = names.finish();
  node->level = level;
  return node;
}

bool Parser::importFromTargets(List<Alias> &out) {
  const Token &start = peek();
  if (accept(Star)) {
    auto *alias = context_.make<Alias>(where(start));
    alias->name = context_.intern("*");
    out.push(alias);
    return true;
  }
  if (accept(LPar)) {
    if (!importFromAsNames(out))
      return false;
    accept(Comma);
    return accept(RPar);
  }
  if (!importFromAsNames(out))
    return false;
  if (!at(Comma))
    return true;
  if (diagnosing() && peekNext() == Newline)
    raiseLast("trailing comma not allowed without surrounding parentheses");
  return false;
}

bool Parser::importFromAsNames(List<Alias> &out) {
  do {
    Mark mark = mark_;
    const Token *name = accept(Name);
    const Token *as = nullptr;
    if (!name || (accept(As) && !(as = accept(Name)))) {
      // A comma before what is no name belongs to the caller.
      mark_ = mark ? mark - 1 : mark;
      return out.size() && slot(mark_).kind == Comma;
    }
    auto *alias = context_.make<Alias>(from(*name));
    alias->name = identifier(*name);
    alias->asname = as ? identifier(*as) : nullptr;
    out.push(alias);
  } while (accept(Comma));
  return true;
}

} // namespace krait
