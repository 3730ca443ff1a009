// checker.cpp - see checker.h.
//
// 1. Every function body in the sources becomes a node: its calls, with places, and what it is declared to do.
// 2. What a function may do is its word if it gives one (annotation, name); otherwise what its callees may do, found by
//    iteration. An annotated function is thus a boundary: it is checked once, itself, and believed elsewhere.
// 3. Each word is compared with the callees:
//      - a krt_ function without _py must not reach a _py function or a slot or native entry called by pointer;
//      - an annotated function without KRT_RAISES or KRT_COLLECTS must not reach one that raises or collects;
//        clearing or taking the pending exception is taken as handling it;
//      - KRT_PURE, KRT_READS and KRT_WRITES must cover what annotated callees state.
// Effects of plain loads and stores, and calls through other pointers, are not seen.
#include "compiler/abigen/checker.h"

#include "compiler/abigen/reader.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/Mangle.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <clang/Tooling/Tooling.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace krait::abigen {

namespace {

using namespace clang;

enum Bits : unsigned { kPy = 1, kRaises = 2, kCollects = 4 };

struct Call {
  std::string callee; // key of a node, or empty for a call by pointer
  Location location;
  bool pointer = false; // slot or native entry
  bool allowed = false; // under KRT_ALLOW_PY
};

struct Node {
  std::string name;
  Location location;
  bool annotated = false, hasBody = false, handles = false;
  Effects effects;
  std::vector<Call> calls;
  unsigned bits = 0; // what it may do

  bool isEntry() const { return name.starts_with("krt_"); }
  bool saysPy() const { return name.ends_with("_py") || effects.runsPy; }
};

using Graph = std::map<std::string, Node>;

unsigned claimed(const Effects &effects) {
  return (effects.runsPy ? kPy : 0u) | (effects.raises ? kRaises : 0u) | (effects.collects ? kCollects : 0u);
}

// ---- 1. Reading bodies --------------------------------------------------------------------------------

class Visitor : public RecursiveASTVisitor<Visitor> {
public:
  Visitor(ASTContext &context, Graph &graph) : sources_(context.getSourceManager()), names_(context), graph_(graph) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *decl) {
    auto *function = dyn_cast_or_null<FunctionDecl>(decl);
    if (!function)
      return RecursiveASTVisitor::TraverseDecl(decl);
    if (!isOurs(function->getLocation()))
      return true;
    Node *outer = current_;
    Node &node = declare(function);
    bool first = function->doesThisDeclarationHaveABody() && !node.hasBody;
    current_ = first ? &node : nullptr;
    node.hasBody |= first;
    bool go = RecursiveASTVisitor::TraverseDecl(decl);
    current_ = outer;
    return go;
  }

  /// A lambda's body belongs to the function it stands in.
  bool TraverseLambdaExpr(LambdaExpr *lambda) {
    return RecursiveASTVisitor::TraverseStmt(lambda->getBody());
  }

  bool TraverseCompoundStmt(CompoundStmt *block) {
    unsigned outer = allowed_;
    for (const Stmt *child : block->body())
      if (isAllowance(child))
        ++allowed_;
    bool go = RecursiveASTVisitor::TraverseCompoundStmt(block);
    allowed_ = outer;
    return go;
  }

  bool VisitCallExpr(CallExpr *call) {
    if (!current_)
      return true;
    if (FunctionDecl *callee = call->getDirectCallee())
      addCall(callee, call->getExprLoc());
    else if (isEntryPointer(call->getCallee()))
      current_->calls.push_back({"", locate(call->getExprLoc()), true, allowed_ != 0});
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *construct) {
    if (current_)
      addCall(construct->getConstructor(), construct->getExprLoc());
    return true;
  }

private:
  Location locate(SourceLocation at) {
    PresumedLoc presumed = sources_.getPresumedLoc(sources_.getExpansionLoc(at));
    if (presumed.isInvalid())
      return {};
    return {presumed.getFilename(), presumed.getLine(), presumed.getColumn()};
  }

  bool isOurs(SourceLocation at) { return !sources_.isInSystemHeader(sources_.getExpansionLoc(at)); }

  static bool isAllowance(const Stmt *statement) {
    const auto *decls = dyn_cast<DeclStmt>(statement);
    if (!decls || !decls->isSingleDecl())
      return false;
    const auto *assertion = dyn_cast<StaticAssertDecl>(decls->getSingleDecl());
    const auto *message = assertion ? dyn_cast_or_null<StringLiteral>(assertion->getMessage()) : nullptr;
    return message && message->getString() == "krt.allow_py";
  }

  /// x->slots.repr(...), def->entry(...), function->entry(...)
  static bool isEntryPointer(const Expr *callee) {
    const auto *member = dyn_cast<MemberExpr>(callee->IgnoreParenImpCasts());
    if (!member)
      return false;
    const auto *record = dyn_cast<RecordDecl>(member->getMemberDecl()->getDeclContext());
    if (!record)
      return false;
    llvm::StringRef name = record->getName(), field = member->getMemberDecl()->getName();
    return name == "TypeSlots" || ((name == "NativeDef" || name == "Function" || name == "Code") && field.ends_with_insensitive("entry"));
  }

  std::string keyOf(const FunctionDecl *function) {
    if (isa<CXXConstructorDecl>(function) || isa<CXXDestructorDecl>(function))
      return function->getQualifiedNameAsString();
    std::string key = names_.getName(function);
    if (function->getFormalLinkage() == Linkage::Internal || function->isInAnonymousNamespace())
      key = locate(function->getLocation()).file + ":" + key;
    return key;
  }

  Node &declare(const FunctionDecl *function) {
    Node &node = graph_[keyOf(function)];
    if (node.name.empty() || function->doesThisDeclarationHaveABody()) {
      node.name = function->getDeclName().isIdentifier() ? function->getName().str() : function->getNameAsString();
      node.location = locate(function->getLocation());
    }
    readEffects(function, node);
    return node;
  }

  static void readEffects(const FunctionDecl *function, Node &node) {
    if (node.annotated)
      return;
    const AnnotateAttr *stretch = nullptr;
    for (const auto *attr : function->specific_attrs<AnnotateAttr>()) {
      if (attr->getAnnotation() == "krt.stretch")
        stretch = attr;
      else if (attr->getAnnotation().starts_with("krt."))
        addWords(attr, node);
    }
    if (!node.annotated && stretch && node.isEntry())
      addWords(stretch, node);
    if (node.name.ends_with("_py"))
      addEffect("runs_py", node.effects);
  }

  static void addWords(const AnnotateAttr *attr, Node &node) {
    node.annotated = true;
    llvm::StringRef word = attr->getAnnotation();
    unsigned skip = word == "krt.rt" || word == "krt.stretch" ? 0 : 2, index = 0;
    for (const Expr *arg : attr->args()) {
      const auto *literal = dyn_cast<StringLiteral>(arg->IgnoreParenImpCasts());
      if (const auto *constant = dyn_cast<ConstantExpr>(arg))
        literal = dyn_cast<StringLiteral>(constant->getSubExpr()->IgnoreParenImpCasts());
      if (literal && index >= skip)
        addEffect(literal->getString().str(), node.effects);
      ++index;
    }
  }

  void addCall(const FunctionDecl *callee, SourceLocation at) {
    if (!isOurs(callee->getLocation()))
      return;
    if (callee->getDeclName().isIdentifier() && isHandler(callee->getName()))
      current_->handles = true;
    Node *caller = current_;
    std::string key = keyOf(callee);
    declare(callee);
    caller->calls.push_back({key, locate(at), false, allowed_ != 0});
  }

  static bool isHandler(llvm::StringRef name) {
    return name == "krt_error_clear" || name == "krt_error_take" || name == "krt_error_clear_if" || name == "krt_error_unraisable";
  }

  SourceManager &sources_;
  ASTNameGenerator names_;
  Graph &graph_;
  Node *current_ = nullptr; // std::map nodes do not move
  unsigned allowed_ = 0;
};

class Consumer : public ASTConsumer {
public:
  explicit Consumer(Graph &graph) : graph_(graph) {}
  void HandleTranslationUnit(ASTContext &context) override {
    if (!context.getDiagnostics().hasErrorOccurred())
      Visitor(context, graph_).TraverseDecl(context.getTranslationUnitDecl());
  }

private:
  Graph &graph_;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Graph &graph) : graph_(graph) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &, StringRef) override { return std::make_unique<Consumer>(graph_); }

private:
  Graph &graph_;
};

class Factory : public tooling::FrontendActionFactory {
public:
  explicit Factory(Graph &graph) : graph_(graph) {}
  std::unique_ptr<FrontendAction> create() override { return std::make_unique<Action>(graph_); }

private:
  Graph &graph_;
};

// ---- 2. What each function may do ------------------------------------------------------------------------

/// What a call may do, as seen by its caller.
unsigned bitsOf(const Graph &graph, const Call &call) {
  if (call.pointer)
    return (call.allowed ? 0u : kPy) | kRaises | kCollects;
  auto it = graph.find(call.callee);
  unsigned bits = it == graph.end() ? 0 : it->second.bits;
  return call.allowed ? bits & ~kPy : bits;
}

unsigned inferred(const Graph &graph, const Node &node) {
  unsigned bits = 0;
  for (const Call &call : node.calls)
    bits |= bitsOf(graph, call);
  return node.handles ? bits & ~kRaises : bits;
}

void infer(Graph &graph) {
  for (auto &[key, node] : graph) {
    if (node.annotated)
      node.bits = claimed(node.effects);
    else if (node.saysPy())
      node.bits = kPy | kRaises | kCollects;
    else if (node.name.starts_with("krt_raise"))
      node.bits = kRaises | kCollects;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (auto &[key, node] : graph) {
      if (node.annotated)
        continue;
      unsigned bits = node.bits | inferred(graph, node);
      if (node.isEntry() && !node.saysPy())
        bits &= ~kPy; // its name gives its word; reported below if broken
      changed |= bits != node.bits;
      node.bits = bits;
    }
  }
}

// ---- 3. Contradictions --------------------------------------------------------------------------------------

class Judge {
public:
  Judge(const Graph &graph, Errors &errors) : graph_(graph), errors_(errors) {}

  void run() {
    for (const auto &[key, node] : graph_) {
      if (!node.hasBody || node.location.file.ends_with(".bind.inc")) // glue is called through slots
        continue;
      if (node.isEntry() && !node.saysPy())
        expectNone(node, kPy, "has no _py suffix but may run Python code");
      if (!node.annotated)
        continue;
      if (!node.effects.raises && !node.handles)
        expectNone(node, kRaises, "is annotated without KRT_RAISES but may raise");
      if (!node.effects.collects)
        expectNone(node, kCollects, "is annotated without KRT_COLLECTS but may allocate");
      checkMemory(node);
    }
  }

private:
  void expectNone(const Node &node, unsigned bit, const char *what) {
    for (const Call &call : node.calls)
      if (bitsOf(graph_, call) & bit)
        return errors_.report(call.location, node.name + " " + what + ": it calls " + path(call, bit));
  }

  /// "helper, which calls krt_list_sort_py"
  std::string path(const Call &call, unsigned bit, int depth = 0) {
    if (call.pointer)
      return "a slot or entry by pointer";
    const Node &callee = graph_.at(call.callee);
    std::string text = callee.name;
    if (callee.annotated || callee.saysPy() || depth == 6)
      return text;
    for (const Call &next : callee.calls)
      if ((bitsOf(graph_, next) & bit) && next.callee != call.callee)
        return text + ", which calls " + path(next, bit, depth + 1);
    return text;
  }

  static std::string missing(const std::vector<std::string> &have, const std::vector<std::string> &need) {
    for (const std::string &name : need)
      if (std::find(have.begin(), have.end(), name) == have.end())
        return name;
    return "";
  }

  void checkMemory(const Node &node) {
    for (const Call &call : node.calls) {
      auto it = graph_.find(call.callee);
      if (it == graph_.end() || !it->second.annotated)
        continue;
      const Effects &callee = it->second.effects;
      if (node.effects.pure && !callee.pure && callee.limitsWrites && !callee.writes.empty())
        return errors_.report(call.location, node.name + " is annotated KRT_PURE but calls " + it->second.name + ", which writes " + callee.writes[0]);
      std::string alias = node.effects.limitsWrites && callee.limitsWrites ? missing(node.effects.writes, callee.writes) : "";
      if (!alias.empty())
        return errors_.report(call.location, node.name + " does not state KRT_WRITES(" + alias + ") but calls " + it->second.name);
      alias = node.effects.limitsReads && callee.limitsReads ? missing(node.effects.reads, callee.reads) : "";
      if (!alias.empty())
        return errors_.report(call.location, node.name + " does not state KRT_READS(" + alias + ") but calls " + it->second.name);
    }
  }

  const Graph &graph_;
  Errors &errors_;
};

} // namespace

int checkSources(const std::vector<std::string> &inputs) {
  if (inputs.empty())
    return std::fprintf(stderr, "abigen: check wants the folder of compile_commands.json\n"), 2;
  std::string message;
  auto database = tooling::CompilationDatabase::loadFromDirectory(inputs[0], message);
  if (!database)
    return std::fprintf(stderr, "abigen: %s\n", message.c_str()), 2;
  std::vector<std::string> files(inputs.begin() + 1, inputs.end());
  if (files.empty())
    for (const std::string &file : database->getAllFiles())
      if (file.find("/runtime/") != std::string::npos || file.find("/stdlib/") != std::string::npos)
        files.push_back(file);
  if (files.empty())
    return std::fprintf(stderr, "abigen: no sources to check\n"), 2;
  std::sort(files.begin(), files.end());

  Graph graph;
  Factory factory(graph);
  bool incomplete = false; // what does compile is judged all the same
  for (const std::string &file : files) {
    tooling::ClangTool tool(*database, {file});
    tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(
        {"-DKRAIT_ABIGEN=1", "-w", "-resource-dir", KRAIT_CLANG_RESOURCES}, tooling::ArgumentInsertPosition::END));
    incomplete |= tool.run(&factory) != 0;
  }
  infer(graph);
  Errors errors;
  Judge(graph, errors).run();
  size_t bodies = 0;
  for (const auto &[key, node] : graph)
    bodies += node.hasBody;
  std::printf("abigen check: %zu files, %zu functions, %u contradictions\n", files.size(), bodies, errors.count());
  return errors.any() ? 1 : incomplete ? 2 : 0;
}

} // namespace krait::abigen
