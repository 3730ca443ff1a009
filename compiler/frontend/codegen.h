// The bytecode compiler's inside: one CodeGen per code object. The entry point is compile.h.
//
// Values live in registers. operand() gives the register in which a value is found (a local stays where it
// is), into() computes a value into a wanted register, branch() turns a condition into jumps, effect() drops
// the value. Temporaries are used like a stack: a TempScope frees what was allocated after it.
//
// Rules that everything here keeps:
//  - An instruction that raises has not written its destination. A local is written by the last instruction
//  of the
//    expression assigned to it, never earlier (handlers and finally blocks may look at it).
//  - Operands in place are read when the instruction runs. Only := can change a local in the middle of an
//  expression;
//    such locals (kSymWalrus) are copied where something follows that could hold the :=.
//  - Every instruction that may raise carries the source range that CPython gives its counterpart.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/frontend/compile.h"
#include "compiler/frontend/scopes.h"

#include <initializer_list>
#include <unordered_map>

namespace krait {

/// A register before layout: a bank and a number in it. Banks follow each other in a frame.
using Reg = uint32_t;
/// A constant of the code object, as opposed to that of the tree.
using CodeConst = krait::Constant;
inline constexpr Reg kLocalBank = 0;
inline constexpr Reg kCellBank = 1u << 20; // cells that are no parameters
inline constexpr Reg kFreeBank = 2u << 20;
inline constexpr Reg kTempBank = 3u << 20;
inline constexpr Reg kAbsent = ~0u;         // operands of kind o; becomes kNoReg
inline constexpr Reg kConstBank = 4u << 20; // consts[i] as an operand; the layout decides where it is loaded
inline bool isLocal(Reg reg) { return reg < kCellBank; }
inline bool isTemp(Reg reg) { return reg >= kTempBank && reg < kConstBank; }
inline bool isConstReg(Reg reg) { return reg >= kConstBank && reg != kAbsent; }

/// A place in the code, by number.
using Label = uint32_t;

/// An instruction before layout. Operands are as in Opcodes.def without the site; a jump's is a label.
struct Inst {
  Opcode op;
  int32_t region = -1; // the protected region it lies in
  SourceRange loc;
  uint32_t ops[kMaxOperands] = {};
};

/// Instructions between a SETUP and its end: what they raise goes to [handler] with the exception in [reg].
struct Region {
  Label handler;
  Reg reg;
};

/// What all code objects of one compilation share.
struct Compilation {
  ast::AstContext &context;
  ScopeTable &scopes;
  CompileOptions options;
  uint32_t futureFlags;
  std::string filename;
  SyntaxErrorInfo error;
  std::vector<ParseWarning> warnings;
  int lastFutureLine = -1; // of the last `from __future__` statement that stands where it may
  unsigned depth = 0;

  bool failed() const { return error.type != ParseErrorType::None; }
  void fail(ast::Location loc, std::string message) { setSyntaxError(error, loc, std::move(message)); }
  void warn(ast::Location loc, std::string message) {
    warnings.push_back(
        {"SyntaxWarning", std::move(message), loc.line, loc.col + 1, loc.endLine, loc.endCol + 1});
  }
};

/// A construct that break, continue and return must leave in an orderly way.
struct FrameBlock {
  enum Kind : uint8_t {
    WhileLoop,
    ForLoop,    // [next], [exit]
    Try,        // nothing to do, but the region ends
    FinallyTry, // runs [finalbody]
    FinallyEnd, // in the handler of a finally: restores [saved]
    With,
    AsyncWith,      // calls the exit method in [saved], [saved] + 1
    HandlerCleanup, // in an except clause: restores [saved], unbinds [name]
    StarHandler,    // in an except* clause: no return, break, continue
  } kind;
  int32_t outerRegion = -1; // the region around the construct
  Label next = 0, exit = 0;
  Reg saved = kAbsent;
  ast::Identifier name = nullptr;
  ast::Seq<ast::Stmt *> finalbody;
  SourceRange loc; // of the statement, for what leaving emits

  explicit FrameBlock(Kind kind) : kind(kind) {}
};

class CodeGen {
public:
  CodeGen(Compilation &shared, CodeGen *parent, Scope *scope, std::string name, uint32_t firstLine);

  /// The code object of a whole module, expression or interactive statement.
  static std::shared_ptr<CodeUnit> compileModule(Compilation &shared, ast::Mod *mod);

private:
  friend struct TempScope;

  // ---- codegen_unit.cpp: emission, tables, names ----
  void emit(Opcode op, const SourceRange &loc, std::initializer_list<uint32_t> ops = {});
  void emitJump(Label target, const SourceRange &loc = {});
  Label newLabel();
  void place(Label label);
  int32_t newRegion(Label handler, Reg reg);
  Reg temp();
  Reg temps(unsigned count);
  uint32_t constantIndex(CodeConst value);
  uint32_t nameIndex(ast::Identifier name);
  ast::Identifier intern(std::string_view text) { return shared_.context.intern(text); }
  ast::Identifier mangle(ast::Identifier name) { return mangleName(shared_.context, className_, name); }
  static SourceRange at(const ast::Location &loc) { return {loc.line, loc.endLine, loc.col, loc.endCol}; }
  static SourceRange at(const ast::Located *node) { return at(node->loc); }
  void loadConst(Reg dest, CodeConst value, const SourceRange &loc);
  void loadNone(Reg dest, const SourceRange &loc) { loadConst(dest, CodeConst::none(), loc); }
  void move(Reg dest, Reg source, const SourceRange &loc);
  void prologue();
  std::string qualifiedName() const;
  void fail(const ast::Location &loc, std::string message) { shared_.fail(loc, std::move(message)); }
  bool debugMode() const { return shared_.options.optimize <= 0; }

  struct Variable {
    NamePlace place;
    Reg reg = kAbsent; // of the local or cell
    const Symbol *symbol = nullptr;
  };
  Variable variable(ast::Identifier mangled);
  Reg localReg(ast::Identifier mangled);
  /// The register of the cell that [mangled] means here; and of number [index] of this code's own cells. They
  /// differ for
  /// __class__ in a class body: the name means the class around, the cell is that of the class being made.
  Reg cellReg(ast::Identifier mangled);
  Reg ownCellReg(size_t index);
  /// The cell that a function defined here closes over as [name].
  Reg closureReg(ast::Identifier name);
  void loadName(ast::Identifier name, Reg dest, const SourceRange &loc);
  void storeName(ast::Identifier name, Reg value, const SourceRange &loc);
  void deleteName(ast::Identifier name, const SourceRange &loc);
  bool checkForbidden(ast::Identifier name, const ast::Location &loc, ast::ExprContext ctx);
  /// The register of [name] if it is a local of this function, else kAbsent.
  Reg localOf(ast::Identifier name);

  // ---- codegen_finish.cpp: cleaning up, layout ----
  std::shared_ptr<CodeUnit> finish();
  friend class Layout;

  // ---- codegen_expr.cpp, codegen_display.cpp, codegen_compare.cpp ----
  Reg operand(ast::Expr *e);
  /// As operand(), for a value that is read only after [next] were evaluated.
  Reg operandBefore(ast::Expr *e, std::initializer_list<ast::Expr *> next, Reg scratch = kAbsent);
  /// As operand(), with [scratch] as the register to use if it is a temporary.
  Reg operandIn(ast::Expr *e, Reg scratch);
  /// [dest] if it may be written before the whole expression is known to succeed, else a new temporary.
  Reg early(Reg dest) { return isTemp(dest) ? dest : temp(); }
  bool enterNode();
  void into(ast::Expr *e, Reg dest);
  void intoInner(ast::Expr *e, Reg dest);
  void effect(ast::Expr *e);
  /// Jumps to [target] if the truth of [e] is [when]. Tests of truth carry the position [loc], that of the
  /// construct, until a comparison took its place: as CPython has it. Returns the position in force at the
  /// end.
  SourceRange condition(ast::Expr *e, Label target, bool when, const SourceRange &loc);
  void branch(ast::Expr *e, Label target, bool when);
  void branchInner(ast::Expr *e, Label target, bool when);
  void unary(ast::UnaryOpExpr *e, Reg dest);
  void binary(ast::BinOpExpr *e, Reg dest);
  void boolOp(ast::BoolOpExpr *e, Reg dest);
  void ifExp(ast::IfExpExpr *e, Reg dest);
  void compare(ast::CompareExpr *e, Reg dest);
  void compareJump(ast::CompareExpr *e, Label target, bool when);

  void jumpOne(ast::CmpOperator op, bool when, Reg left, Reg right, Label target, const SourceRange &loc);
  void checkCompare(ast::CompareExpr *e);
  void attribute(ast::AttributeExpr *e, Reg dest);
  void subscript(ast::SubscriptExpr *e, Reg dest);
  void slice(ast::SliceExpr *e, Reg dest);
  void checkSubscripter(ast::Expr *value);
  void checkIndex(ast::Expr *value, ast::Expr *index);
  void lambda(ast::LambdaExpr *e, Reg dest);
  void yield(ast::YieldExpr *e, Reg dest);
  void yieldFrom(ast::YieldFromExpr *e, Reg dest);
  void await(ast::AwaitExpr *e, Reg dest);
  void awaitIn(Reg dest, Reg awaitable, unsigned kind, const SourceRange &loc);
  void formatted(ast::FormattedValueExpr *e, Reg dest);
  void joined(ast::JoinedStrExpr *e, Reg dest);
  void listOrTuple(ast::Expr *e, ast::Seq<ast::Expr *> elts, Reg dest, bool isTuple);
  void setDisplay(ast::SetExpr *e, Reg dest);
  void dictDisplay(ast::DictExpr *e, Reg dest);
  void starredList(ast::Seq<ast::Expr *> elts, unsigned skip, Reg list, const SourceRange &loc);
  bool constantItems(ast::Seq<ast::Expr *> elts, std::vector<CodeConst> &items);

  // ---- codegen_call.cpp ----
  void call(ast::CallExpr *e, Reg dest);
  void callArgs(Opcode plain, Opcode keyword, Reg window, Reg dest, ast::Seq<ast::Expr *> args,
                ast::Seq<ast::Keyword *> keywords, unsigned count, const SourceRange &loc);
  void callEx(Reg window, Reg dest, ast::Seq<ast::Expr *> args, ast::Seq<ast::Keyword *> keywords,
              unsigned count, Reg extra, const SourceRange &loc);
  void positional(ast::Seq<ast::Expr *> args, Reg list, const SourceRange &loc);
  void keywordDict(ast::Seq<ast::Keyword *> keywords, Reg callee, Reg dest, const SourceRange &loc);
  bool isSuperCall(ast::Expr *e);
  void superOperands(ast::CallExpr *e, Reg *regs);
  void checkCaller(ast::CallExpr *e);
  bool validKeywords(ast::Seq<ast::Keyword *> keywords, const ast::Location &loc);
  Reg windowFor(Reg dest);
  static SourceRange attributeLoc(ast::AttributeExpr *e, const SourceRange &loc);

  // ---- codegen_comprehension.cpp ----
  void comprehension(ast::Expr *e, const char *name, ComprehensionKind kind,
                     ast::Seq<ast::Comprehension *> generators, ast::Expr *elt, ast::Expr *value, Reg dest);
  void comprehensionLoop(const SourceRange &loc, ComprehensionKind kind,
                         ast::Seq<ast::Comprehension *> generators, unsigned depth, ast::Expr *elt,
                         ast::Expr *value, Reg result);
  void comprehensionElement(const SourceRange &loc, ComprehensionKind kind, ast::Expr *elt, ast::Expr *value,
                            Reg result);

  // ---- codegen_function.cpp ----
  template <typename F> void functionDef(F *s);
  void classDef(ast::ClassDefStmt *s);
  void makeFunction(std::shared_ptr<CodeUnit> unit, Reg dest, Reg defaults, Reg kwdefaults, Reg annotations,
                    const SourceRange &loc);
  void defaultArguments(ast::Arguments *args, const SourceRange &loc, Reg &defaults, Reg &kwdefaults);
  Reg annotations(ast::Arguments *args, ast::Expr *returns, const SourceRange &loc);
  void annotationValue(ast::Expr *e, Reg dest);
  unsigned decorators(ast::Seq<ast::Expr *> list, Reg &first);
  void applyDecorators(ast::Seq<ast::Expr *> list, Reg first, unsigned count);
  void functionParameters(ast::Arguments *args);
  void checkParameters(ast::Arguments *args, const ast::Location &loc);

  // ---- codegen_stmt.cpp, codegen_assign.cpp, codegen_control.cpp ----
  void body(ast::Seq<ast::Stmt *> list);
  void stmt(ast::Stmt *s);
  void stmtInner(ast::Stmt *s);
  void passStmt(ast::Stmt *s) { emit(Opcode::Nop, at(s)); }
  void moduleBody(ast::Seq<ast::Stmt *> list);
  void expressionStmt(ast::ExprStmt *s);
  void assign(ast::AssignStmt *s);
  bool assignSwap(ast::TupleExpr *target, ast::Expr *value);
  void storeTo(ast::Expr *target, Reg value);
  void unpack(ast::Expr *target, ast::Seq<ast::Expr *> elts, Reg value);
  void augAssign(ast::AugAssignStmt *s);
  void annAssign(ast::AnnAssignStmt *s);
  void checkAnnotation(ast::Expr *e);
  void deleteTarget(ast::Expr *e);
  void raise(ast::RaiseStmt *s);
  void assertion(ast::AssertStmt *s);
  void import(ast::ImportStmt *s);
  void importFrom(ast::ImportFromStmt *s);
  void ifStmt(ast::IfStmt *s);
  void whileStmt(ast::WhileStmt *s);
  void forStmt(ast::ForStmt *s);
  void asyncForStmt(ast::AsyncForStmt *s);
  void returnStmt(ast::ReturnStmt *s);
  void breakStmt(ast::Stmt *s);
  void continueStmt(ast::Stmt *s);
  /// Begins a loop: constants used until endLoop() are loaded once, here, if no loop is around.
  Label beginLoop();
  struct LoopLabels {
    Label header, next, exit;
  };
  void loopBody(FrameBlock::Kind kind, ast::Seq<ast::Stmt *> statements, ast::Location loc, LoopLabels labels,
                const SourceRange &back = {});
  /// Jumps back to [header].
  void endLoop(Label header, const SourceRange &loc = {});
  void pushBlock(const FrameBlock &block, const ast::Location &loc);
  /// Emits what leaving block [index] takes; the region is that around the block afterwards.
  void unwind(size_t index, SourceRange &loc);
  bool unwindRunsCode() const;

  // ---- codegen_try.cpp ----
  void tryStmt(ast::TryStmt *s);
  void tryStarStmt(ast::TryStarStmt *s);
  template <typename S> void tryFinally(S *s);
  template <typename S> void guardedBody(S *s, Label handler, Reg exception);
  void tryExcept(ast::TryStmt *s);
  void tryExceptStar(ast::TryStarStmt *s);
  void exceptBody(ast::ExceptHandler *h, Reg exception, Reg saved, int32_t outer, Label done);
  void forgetName(ast::Identifier name, const SourceRange &loc);
  void starHandler(ast::ExceptHandler *h, Reg match, Reg results, Label next);
  /// At [cleanup]: something was raised while the exception saved in [saved] was not the handled one.
  void restoreAndReraise(Label cleanup, Reg saved, Reg exception);
  void with(ast::Seq<ast::WithItem *> items, unsigned index, ast::Seq<ast::Stmt *> stmts, bool isAsync,
            ast::Stmt *s);

  // ---- codegen_match.cpp ----
  struct PatternContext {
    Label failed;
    std::vector<std::pair<ast::Identifier, Reg>> captures;
    bool allowIrrefutable = false;
  };
  void matchStmt(ast::MatchStmt *s);
  void pattern(ast::Pattern *p, Reg subject, PatternContext &context);
  void subpattern(ast::Pattern *p, Reg subject, PatternContext &context);
  void capture(ast::Identifier name, Reg value, PatternContext &context, const ast::Location &loc);
  void matchValue(ast::MatchValuePattern *p, Reg subject, PatternContext &context);
  void matchSingleton(ast::MatchSingletonPattern *p, Reg subject, PatternContext &context);
  void matchSequence(ast::MatchSequencePattern *p, Reg subject, PatternContext &context);
  void matchMapping(ast::MatchMappingPattern *p, Reg subject, PatternContext &context);
  void matchClass(ast::MatchClassPattern *p, Reg subject, PatternContext &context);
  void matchAs(ast::MatchAsPattern *p, Reg subject, PatternContext &context);
  void matchOr(ast::MatchOrPattern *p, Reg subject, PatternContext &context);

  Compilation &shared_;
  CodeGen *parent_;
  Scope *scope_;
  ast::Identifier className_ = nullptr; // innermost class around, for mangling
  std::string name_, qualname_;
  uint32_t firstLine_;
  bool interactive_ = false;
  bool isModuleLike_ = false; // names are looked up by name at run time
  std::shared_ptr<CodeUnit> unit_;

  std::vector<Inst> code_;
  std::vector<uint32_t> labels_; // instruction index of each placed label
  std::vector<Region> regions_;
  int32_t region_ = -1;
  std::vector<FrameBlock> blocks_;
  ast::Location patternLoc_; // of the pattern visited last: where errors about names point
  SourceRange conditionLoc_; // of tests of truth, in branch()
  unsigned loopDepth_ = 0;
  std::vector<std::pair<uint32_t, uint32_t>>
      loops_; // outermost loops: first and last instruction; the first is a Nop
  uint32_t nextTemp_ = 0, maxTemp_ = 0;
  std::vector<ast::Identifier> locals_; // local register i
  std::vector<ast::Identifier> cells_, frees_;
  std::vector<uint16_t> cellIndexRegs_;
  std::unordered_map<ast::Identifier, uint32_t> localIndex_, nameIndex_;
  std::unordered_multimap<uint64_t, uint32_t> constIndex_;
};

/// Frees the temporaries allocated in its life.
struct TempScope {
  CodeGen &gen;
  uint32_t saved;
  explicit TempScope(CodeGen &gen) : gen(gen), saved(gen.nextTemp_) {}
  ~TempScope() { gen.nextTemp_ = saved; }
};

/// The constant that a literal (or folded expression) node stands for, as CodeUnit has it.
CodeConst toConstant(const ast::Constant &value);
/// The node's value if it is a constant, else null.
inline const ast::Constant *constantOf(const ast::Expr *e) {
  auto *c = ast::as<ast::ConstantExpr>(e);
  return c ? c->value : nullptr;
}
/// Truth of a constant, as Python has it.
bool constantTruth(const ast::Constant &value);

} // namespace krait
