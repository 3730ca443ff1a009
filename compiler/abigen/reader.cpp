// reader.cpp - see reader.h. Walks the declarations of the main file only; function bodies are skipped by the parser.
#include "compiler/abigen/reader.h"

#include "compiler/abigen/signature.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/Mangle.h>
#include <clang/AST/RecordLayout.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <clang/Tooling/Tooling.h>

namespace krait::abigen {

namespace {

using namespace clang;

struct Note {
  std::string word; // "krt.method"
  std::vector<std::string> args;
  Location location;
  unsigned offset; // of the macro in the main file, for the doc comment
};

class Reader {
public:
  Reader(ASTContext &context, Facts &facts, Errors &errors)
      : context_(context), sources_(context.getSourceManager()), names_(context), facts_(facts), errors_(errors) {}

  void walk(const DeclContext *parent) {
    for (const Decl *decl : parent->decls()) {
      if (!sources_.isInMainFile(sources_.getExpansionLoc(decl->getLocation())))
        continue;
      if (isa<NamespaceDecl>(decl) || isa<LinkageSpecDecl>(decl))
        walk(cast<DeclContext>(decl));
      else if (const auto *function = dyn_cast<FunctionDecl>(decl))
        readFunction(function);
      else if (const auto *record = dyn_cast<CXXRecordDecl>(decl))
        readRecord(record);
    }
  }

private:
  Location locate(SourceLocation at) {
    PresumedLoc presumed = sources_.getPresumedLoc(sources_.getExpansionLoc(at));
    if (presumed.isInvalid())
      return {facts_.header, 0, 0};
    return {presumed.getFilename(), presumed.getLine(), presumed.getColumn()};
  }

  std::vector<Note> notesOf(const Decl *decl) {
    std::vector<Note> notes;
    for (const auto *attr : decl->specific_attrs<AnnotateAttr>()) {
      if (!attr->getAnnotation().starts_with("krt.") || attr->isInherited())
        continue;
      Note note{attr->getAnnotation().str(), {}, locate(attr->getLocation()),
                sources_.getFileOffset(sources_.getExpansionLoc(attr->getLocation()))};
      for (const Expr *arg : attr->args()) {
        const Expr *plain = arg->IgnoreParenImpCasts();
        if (const auto *constant = dyn_cast<ConstantExpr>(plain))
          plain = constant->getSubExpr()->IgnoreParenImpCasts();
        if (const auto *literal = dyn_cast<StringLiteral>(plain))
          note.args.push_back(literal->getString().str());
        else
          errors_.report(note.location, "arguments of an annotation are string literals");
      }
      notes.push_back(std::move(note));
    }
    return notes;
  }

  /// The `///` lines that end directly above [offset].
  std::string docAbove(unsigned offset) {
    StringRef text = sources_.getBufferData(sources_.getMainFileID());
    size_t lineStart = text.rfind('\n', offset);
    std::vector<StringRef> lines;
    while (lineStart != StringRef::npos && lineStart > 0) {
      size_t previous = text.rfind('\n', lineStart);
      size_t begin = previous == StringRef::npos ? 0 : previous + 1;
      StringRef line = text.slice(begin, lineStart).trim(" \t\r");
      if (!line.consume_front("///"))
        break;
      line.consume_front(" ");
      lines.push_back(line);
      lineStart = previous;
    }
    std::string doc;
    for (size_t i = lines.size(); i-- > 0;)
      doc += lines[i].str() + (i ? "\n" : "");
    return doc;
  }

  // ---- Types ----

  Type typeOf(QualType type) {
    Type out;
    PrintingPolicy policy(context_.getLangOpts());
    QualType canonical = type.getCanonicalType().getUnqualifiedType();
    out.spelling = canonical.getAsString(policy);
    out.kind = kindOf(canonical, out);
    out.plainInt = isa<BuiltinType>(type.getTypePtr()) && out.kind == TypeKind::Int32;
    return out;
  }

  static TypeKind kindOfSize(uint64_t bits, bool isSigned) {
    switch (bits) {
    case 8: return isSigned ? TypeKind::Int8 : TypeKind::UInt8;
    case 16: return isSigned ? TypeKind::Int16 : TypeKind::UInt16;
    case 32: return isSigned ? TypeKind::Int32 : TypeKind::UInt32;
    case 64: return isSigned ? TypeKind::Int64 : TypeKind::UInt64;
    default: return TypeKind::Unknown;
    }
  }

  TypeKind kindOf(QualType type, Type &out) {
    if (type->isVoidType())
      return TypeKind::Void;
    if (type->isBooleanType())
      return TypeKind::Bool;
    if (type->isSpecificBuiltinType(BuiltinType::Double))
      return TypeKind::Double;
    if (type->isSpecificBuiltinType(BuiltinType::Float))
      return TypeKind::Float;
    if (const auto *record = type->getAsCXXRecordDecl()) {
      if (record->getQualifiedNameAsString() == "krait::Value")
        return TypeKind::Value;
      if (record->getQualifiedNameAsString() == "krait::ArgSpan")
        return TypeKind::Span;
      if (record->getName() == "atomic") // as wide and as placed as what it holds
        if (const auto *special = dyn_cast<ClassTemplateSpecializationDecl>(record))
          return kindOf(special->getTemplateArgs()[0].getAsType().getCanonicalType(), out);
      return TypeKind::Record;
    }
    if (type->isArrayType())
      return TypeKind::Array;
    if (type->isFunctionPointerType() || type->isReferenceType())
      return TypeKind::Pointer;
    if (type->isPointerType())
      return kindOfPointer(type->getPointeeType(), out);
    if (type->isIntegralOrEnumerationType())
      return kindOfSize(context_.getTypeSize(type), type->isSignedIntegerOrEnumerationType());
    return TypeKind::Unknown;
  }

  TypeKind kindOfPointer(QualType pointee, Type &out) {
    const auto *record = pointee->getAsCXXRecordDecl();
    if (!record || !isObject(record))
      return TypeKind::Pointer;
    out.pointee = record->getName().str();
    out.cls = classOfStruct(out.pointee);
    if (const CXXRecordDecl *definition = record->getDefinition())
      for (const auto *attr : definition->specific_attrs<AnnotateAttr>())
        if (attr->getAnnotation() == "krt.layout" && attr->args_size() == 1)
          if (const auto *literal = dyn_cast<StringLiteral>((*attr->args_begin())->IgnoreParenImpCasts()))
            out.cls = literal->getString().str();
    return TypeKind::Object;
  }

  /// Structs of namespace krait whose first word is the shape. One that is only declared counts as such.
  static bool isObject(const CXXRecordDecl *record) {
    if (record->getQualifiedNameAsString() == "krait::Object")
      return true;
    const CXXRecordDecl *definition = record->getDefinition();
    if (!definition) {
      const auto *space = dyn_cast<NamespaceDecl>(record->getDeclContext());
      return space && space->getName() == "krait";
    }
    for (const CXXBaseSpecifier &base : definition->bases())
      if (const auto *parent = base.getType()->getAsCXXRecordDecl())
        if (isObject(parent))
          return true;
    return false;
  }

  // ---- Functions ----

  static bool bindKind(const std::string &word, BindKind &kind) {
    static const std::pair<const char *, BindKind> kWords[] = {
        {"krt.function", BindKind::Function},       {"krt.method", BindKind::Method},
        {"krt.slot", BindKind::Slot},               {"krt.classmethod", BindKind::ClassMethod},
        {"krt.staticmethod", BindKind::StaticMethod}, {"krt.getter", BindKind::Getter},
        {"krt.setter", BindKind::Setter},           {"krt.new", BindKind::New},
        {"krt.init_method", BindKind::Init},
    };
    for (const auto &[name, value] : kWords)
      if (word == name)
        return kind = value, true;
    return false;
  }

  void readFunction(const FunctionDecl *decl) {
    std::vector<Note> notes = notesOf(decl);
    if (!ownNotes(decl, notes))
      return;
    Function function;
    function.name = decl->getNameAsString();
    function.qualified = "::" + decl->getQualifiedNameAsString();
    function.symbol = names_.getName(decl);
    function.result = typeOf(decl->getReturnType());
    function.location = locate(decl->getLocation());
    function.doc = docAbove(notes.front().offset);
    for (const ParmVarDecl *param : decl->parameters())
      function.params.push_back({param->getNameAsString(), typeOf(param->getType())});
    for (const Note &note : notes)
      if (note.word == "krt.init")
        return readInit(function, note);
    for (const Note &note : notes)
      addNote(function, note);
    if (function.name.ends_with("_py"))
      addEffect("runs_py", function.effects);
    if (function.result.plainInt && function.effects.raises)
      function.result.kind = TypeKind::Status;
    function.effects.inlined = decl->isInlined();
    checkEffects(function);
    if (!function.name.starts_with("krt_"))
      errors_.report(function.location, "an annotated function is named krt_<type>_<verb>, not " + function.name);
    facts_.functions.push_back(std::move(function));
  }

  /// A stretch counts only for functions that say nothing themselves, and only for krt_ functions with a body elsewhere.
  static bool ownNotes(const FunctionDecl *decl, std::vector<Note> &notes) {
    std::vector<Note> own;
    for (Note &note : notes)
      if (note.word != "krt.stretch")
        own.push_back(note);
    if (!own.empty()) {
      notes = own;
      return true;
    }
    return !notes.empty() && decl->getIdentifier() && decl->getName().starts_with("krt_") && !decl->isVariadic() &&
           !decl->isInlined() && !decl->isTemplated();
  }

  void addNote(Function &function, const Note &note) {
    Binding binding;
    size_t firstEffect = 0;
    if (bindKind(note.word, binding.kind)) {
      if (note.args.size() < 2)
        return;
      binding.owner = note.args[0];
      binding.text = note.args[1];
      binding.location = note.location;
      firstEffect = 2;
      addBinding(function, binding);
    } else if (note.word != "krt.rt" && note.word != "krt.stretch") {
      errors_.report(note.location, "annotation '" + note.word + "' does not belong before a function");
    }
    for (size_t i = firstEffect; i < note.args.size(); ++i) {
      std::string wrong = addEffect(note.args[i], function.effects);
      if (!wrong.empty())
        errors_.report(note.location, wrong);
    }
  }

  void addBinding(Function &function, Binding &binding) {
    bool attribute = binding.kind == BindKind::Getter || binding.kind == BindKind::Setter;
    std::string wrong;
    if (attribute)
      binding.signature.name = binding.text;
    else
      wrong = parseSignature(binding.text, binding.signature);
    if (wrong.empty())
      wrong = matchSignature(function, binding);
    if (!wrong.empty())
      return errors_.report(binding.location, wrong);
    std::string key = binding.owner + "." + binding.signature.name + (binding.kind == BindKind::Setter ? "=" : "");
    if (binding.kind != BindKind::New && binding.kind != BindKind::Init && !bound_.insert(key).second)
      return errors_.report(binding.location, "duplicate name: " + binding.owner + " already has '" + binding.signature.name + "'");
    function.bindings.push_back(std::move(binding));
  }

  void checkEffects(const Function &function) {
    bool py = function.name.ends_with("_py");
    if (!py && function.effects.runsPy)
      errors_.report(function.location, function.name + " is annotated KRT_RUNS_PY, so its name must end in _py");
    if (function.effects.pure && function.effects.limitsWrites)
      errors_.report(function.location, function.name + " is both KRT_PURE and KRT_WRITES");
    if (function.effects.pure && function.effects.runsPy)
      errors_.report(function.location, function.name + " is both KRT_PURE and KRT_RUNS_PY");
  }

  void readInit(const Function &function, const Note &note) {
    for (ModuleFact &module : facts_.modules) {
      if (module.name != note.args[0])
        continue;
      if (function.params.size() != 1 || function.params[0].type.pointee != "Module" || function.result.kind != TypeKind::Bool)
        errors_.report(function.location, "a module's initialiser is bool " + function.name + "(Module* module)");
      module.init = function.qualified;
      return;
    }
    errors_.report(note.location, "KRT_MODULE(" + note.args[0] + ", ...) must come before KRT_MODULE_INIT");
  }

  // ---- Records ----

  void readRecord(const CXXRecordDecl *record) {
    for (const Note &note : notesOf(record)) {
      if (note.word == "krt.module")
        facts_.modules.push_back({note.args[0], note.args[1], "", note.location});
      else if (note.word == "krt.class")
        facts_.classes.push_back({note.args[0], note.args[1], note.location});
      else if (note.word == "krt.layout")
        readLayout(record, note);
      else
        errors_.report(note.location, "annotation '" + note.word + "' does not belong before a struct");
    }
  }

  void readLayout(const CXXRecordDecl *record, const Note &note) {
    if (!record->isThisDeclarationADefinition())
      return errors_.report(note.location, "KRT_LAYOUT needs the definition of the struct");
    const ASTRecordLayout &layout = context_.getASTRecordLayout(record);
    Layout out;
    out.name = record->getNameAsString();
    out.qualified = record->getQualifiedNameAsString();
    out.cls = note.args.empty() ? "" : note.args[0];
    out.size = layout.getSize().getQuantity();
    out.align = layout.getAlignment().getQuantity();
    out.location = note.location;
    addFields(record, 0, "", out);
    facts_.layouts.push_back(std::move(out));
  }

  /// Inherited fields first; fields of embedded structs of ours appear as name.field besides the whole.
  void addFields(const CXXRecordDecl *record, uint64_t base, const std::string &prefix, Layout &out) {
    const ASTRecordLayout &layout = context_.getASTRecordLayout(record);
    for (const CXXBaseSpecifier &parent : record->bases())
      if (const auto *definition = parent.getType()->getAsCXXRecordDecl())
        addFields(definition, base + layout.getBaseClassOffset(definition).getQuantity(), prefix, out);
    for (const FieldDecl *field : record->fields()) {
      if (field->isBitField())
        continue;
      uint64_t offset = base + layout.getFieldOffset(field->getFieldIndex()) / 8;
      const auto *nested = field->getType()->getAsCXXRecordDecl();
      if (field->isAnonymousStructOrUnion()) {
        addFields(nested, offset, prefix, out);
        continue;
      }
      addField(field, offset, prefix, out);
      if (nested && out.fields.back().type.kind == TypeKind::Record && !isa<ClassTemplateSpecializationDecl>(nested))
        addFields(nested, offset, prefix + field->getNameAsString() + ".", out);
    }
  }

  void addField(const FieldDecl *field, uint64_t offset, const std::string &prefix, Layout &out) {
    Field fact;
    fact.name = prefix + field->getNameAsString();
    fact.offset = offset;
    QualType type = field->getType();
    if (type->isIncompleteArrayType()) {
      fact.flexible = true;
      type = context_.getAsArrayType(type)->getElementType();
    }
    fact.type = typeOf(type);
    fact.size = context_.getTypeSizeInChars(type).getQuantity();
    out.fields.push_back(std::move(fact));
  }

  ASTContext &context_;
  SourceManager &sources_;
  ASTNameGenerator names_;
  Facts &facts_;
  Errors &errors_;
  std::set<std::string> bound_;
};

struct Job {
  Facts &facts;
  Errors &errors;
  std::vector<std::string> &dependencies;
};

/// Modules that get functions here but are named elsewhere.
void addFunctionTables(Facts &facts) {
  std::set<std::string> seen;
  for (const ModuleFact &module : facts.modules)
    seen.insert(module.name);
  std::string stem = facts.header.substr(facts.header.rfind('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  for (const Function &function : facts.functions)
    for (const Binding &binding : function.bindings)
      if (binding.kind == BindKind::Function && seen.insert(binding.owner).second)
        facts.functionTables.push_back({binding.owner, stem});
}

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &compiler, Job job) : compiler_(compiler), job_(job) {}
  void HandleTranslationUnit(ASTContext &context) override {
    if (compiler_.getDiagnostics().hasErrorOccurred())
      return;
    Reader(context, job_.facts, job_.errors).walk(context.getTranslationUnitDecl());
    addFunctionTables(job_.facts);
    SourceManager &sources = context.getSourceManager();
    for (auto it = sources.fileinfo_begin(); it != sources.fileinfo_end(); ++it)
      job_.dependencies.push_back(it->first.getName().str());
  }

private:
  CompilerInstance &compiler_;
  Job job_;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Job job) : job_(job) {}
  bool BeginInvocation(CompilerInstance &compiler) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true;
    return true;
  }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler, StringRef) override {
    return std::make_unique<Consumer>(compiler, job_);
  }

private:
  Job job_;
};

class Factory : public tooling::FrontendActionFactory {
public:
  explicit Factory(Job job) : job_(job) {}
  std::unique_ptr<FrontendAction> create() override { return std::make_unique<Action>(job_); }

private:
  Job job_;
};

} // namespace

bool readHeader(const ReadOptions &options, Facts &facts, Errors &errors, std::vector<std::string> &dependencies) {
  facts.header = options.includeName;
  std::vector<std::string> flags = {"-xc++", "-std=c++20", "-DKRAIT_ABIGEN=1", "-Wno-pragma-once-outside-header", "-fsyntax-only", "-w",
                                    "-resource-dir", KRAIT_CLANG_RESOURCES};
  flags.insert(flags.end(), options.flags.begin(), options.flags.end());
  tooling::FixedCompilationDatabase database(".", flags);
  tooling::ClangTool tool(database, {options.header});
  Factory factory({facts, errors, dependencies});
  return tool.run(&factory) == 0;
}

} // namespace krait::abigen
