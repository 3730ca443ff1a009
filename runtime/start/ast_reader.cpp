// ast_reader.cpp - see ast_reader.h. Reading a node may run Python code (properties), so a list's length is
// looked at each time.
#include "runtime/start/ast_reader.h"

#include "compiler/frontend/compile.h"
#include "compiler/frontend/scopes.h"
#include "compiler/frontend/validate_ast.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

#include <string>
#include <unordered_map>

namespace krait {

namespace {

class TreeReader {
public:
  TreeReader(ast::AstContext &context, Dict *classes) : context_(context) {
#define AST_NODE(Sum, Name, fields)                                                                          \
  addClass(classes, #Name, family(static_cast<ast::Sum *>(nullptr)), int(ast::NodeKind::Name##Sum));
#define AST_ENUM(Enum, python, ...) addEnumerators(classes, #python, #__VA_ARGS__);
#include "compiler/frontend/Ast.def"
  }

  ast::Mod *module(Value object) { return node<ast::Mod>(object); }

private:
  struct Entry {
    const char *family;
    int value; // NodeKind, or the enumerator's number
  };

  ast::AstContext &context_;
  std::unordered_map<Class *, Entry> entries_;
  unsigned depth_ = 0;

#define AST_SUM(Sum, python, Base)                                                                           \
  static const char *family(const ast::Sum *) { return #python; }
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  static const char *family(const ast::Name *) { return #python; }
#define AST_ENUM(Enum, python, ...)                                                                          \
  static const char *family(ast::Enum) { return #python; }
#include "compiler/frontend/Ast.def"

  void addClass(Dict *classes, std::string_view name, const char *family, int value) {
    if (Value cls = krt_dict_get_str(classes, strIntern(name)))
      entries_[cls.as<Class>()] = {family, value};
  }
  void addEnumerators(Dict *classes, const char *family, std::string_view names) {
    for (int value = 0; !names.empty(); ++value) {
      size_t comma = names.find(',');
      std::string_view name = names.substr(0, comma);
      name.remove_prefix(name.find_first_not_of(' '));
      addClass(classes, name, family, value);
      names.remove_prefix(comma == names.npos ? names.size() : comma + 1);
    }
  }

  /// What [object] is among the classes of [family]; -1 with TypeError pending if it is none.
  int classify(Value object, const char *family) {
    Tuple *mro = classOf(object)->mro;
    for (int64_t i = 0; i < mro->length; ++i)
      if (auto found = entries_.find(mro->items[i].as<Class>());
          found != entries_.end() && std::string_view(found->second.family) == family)
        return found->second.value;
    krt_raise(kTypeError, "expected some sort of %s, but got %R", family, object);
    return -1;
  }

  // ---- Nodes. Null without an exception stands for None.

  template <typename T> T *node(Value object) {
    if (object == kNone)
      return nullptr;
    if (recursionCheck(" during ast construction"))
      return nullptr;
    if (depth_ >= kMaxCompileDepth) {
      krt_raise(kRecursionError, "maximum recursion depth exceeded during ast construction");
      return nullptr;
    }
    ++depth_;
    auto *result = static_cast<T *>(read(object, static_cast<T *>(nullptr)));
    --depth_;
    return errorPending() ? nullptr : result;
  }

#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  ast::Node *read(Value object, ast::Name *type) {                                                           \
    return read(object, #python, [] { return int(ast::NodeKind::Name); }, type);                             \
  }
#include "compiler/frontend/Ast.def"
  template <typename T> ast::Node *read(Value object, T *type) {
    return read(object, family(type), [&] { return classify(object, family(type)); }, type);
  }

  /// A node of a family is known by its position before it is by its class.
  template <typename F> ast::Node *read(Value object, const char *familyName, F kindOf, ast::Located *) {
    ast::Location at;
    if (!place(object, familyName, &at))
      return nullptr;
    int kind = kindOf();
    ast::Node *result = kind < 0 ? nullptr : fields(object, kind);
    if (result)
      static_cast<ast::Located *>(result)->loc = at;
    return result;
  }
  template <typename F> ast::Node *read(Value object, const char *, F kindOf, ast::Node *) {
    int kind = kindOf();
    return kind < 0 ? nullptr : fields(object, kind);
  }

  ast::Node *fields(Value object, int kind) {
    switch (static_cast<ast::NodeKind>(kind)) {
#define F_ONE(T, f) &&one(object, cls, #f, &n->f)
#define F_OPT(T, f) &&optional(object, #f, &n->f)
#define F_SEQ(T, f) &&sequence(object, cls, #f, &n->f)
#define F_SEQOPT(T, f) &&sequence(object, cls, #f, &n->f)
#define F_ID(f) &&one(object, cls, #f, &n->f)
#define F_OPTID(f) &&optional(object, #f, &n->f)
#define F_SEQID(f) &&sequence(object, cls, #f, &n->f)
#define F_INT(f) &&integer(object, cls, #f, &n->f)
#define F_OPTINT(f) &&optionalInteger(object, #f, &n->f)
#define F_STR(f) &&one(object, cls, #f, &n->f)
#define F_OPTSTR(f) &&optional(object, #f, &n->f)
#define F_CONST(f) &&one(object, cls, #f, &n->f)
#define F_ENUM(E, f) &&enumerator(object, cls, #f, &n->f)
#define F_SEQENUM(E, f) &&sequence(object, cls, #f, &n->f)
#define AST_NODE(Sum, Name, fields)                                                                          \
  case ast::NodeKind::Name##Sum: {                                                                           \
    auto *n = context_.make<ast::Name##Sum>();                                                               \
    [[maybe_unused]] const char *cls = #Name;                                                                \
    return true fields ? n : nullptr;                                                                        \
  }
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  case ast::NodeKind::Name: {                                                                                \
    auto *n = context_.make<ast::Name>();                                                                    \
    [[maybe_unused]] const char *cls = #python;                                                              \
    return true fields ? n : nullptr;                                                                        \
  }
#include "compiler/frontend/Ast.def"
    }
    __builtin_unreachable();
  }

  bool place(Value object, const char *cls, ast::Location *at) {
    if (!integer(object, cls, "lineno", &at->line) || !integer(object, cls, "col_offset", &at->col))
      return false;
    at->endLine = at->line;
    at->endCol = at->col;
    return optionalInteger(object, "end_lineno", &at->endLine) &&
           optionalInteger(object, "end_col_offset", &at->endCol);
  }

  // ---- Fields

  Value get(Value object, const char *cls, const char *field) {
    Value value = krt_getattr_optional_py(object, strIntern(field));
    if (!value && !errorPending())
      krt_raise(kTypeError, "required field \"%s\" missing from %s", field, cls);
    return value;
  }
  template <typename T> bool one(Value object, const char *cls, const char *field, T *out) {
    Value value = get(object, cls, field);
    return value && item(value, out);
  }
  template <typename T> bool optional(Value object, const char *field, T *out) {
    Value value = krt_getattr_optional_py(object, strIntern(field));
    if (!value || value == kNone)
      return !errorPending();
    return item(value, out);
  }
  template <typename T> bool sequence(Value object, const char *cls, const char *field, ast::Seq<T> *out) {
    Value value = get(object, cls, field);
    if (!value)
      return false;
    if (!hasClassFlag(value, kClassListSub)) {
      krt_raise(kTypeError, "%s field \"%s\" must be a list, not a %T", cls, field, value);
      return false;
    }
    List *list = value.as<List>();
    std::vector<T> items;
    int64_t length = list->length;
    for (int64_t i = 0; i < length; ++i) {
      T entry{};
      if (!item(list->items[i], &entry))
        return false;
      if (list->length != length) {
        krt_raise(kRuntimeError, "%s field \"%s\" changed size during iteration", cls, field);
        return false;
      }
      items.push_back(entry);
    }
    *out = context_.makeSeq(items);
    return true;
  }
  bool integer(Value object, const char *cls, const char *field, int *out) {
    Value value = get(object, cls, field);
    return value && toInteger(value, out);
  }
  bool optionalInteger(Value object, const char *field, int *out) {
    Value value = krt_getattr_optional_py(object, strIntern(field));
    return !value || value == kNone ? !errorPending() : toInteger(value, out);
  }
  bool toInteger(Value value, int *out) {
    if (!value.isInt() && value != kTrue && value != kFalse) {
      krt_raise(kValueError, "invalid integer value: %R", value);
      return false;
    }
    int64_t n = value.isInt() ? value.asInt() : value == kTrue;
    if (n != static_cast<int>(n)) {
      krt_raise(kOverflowError, "Python int too large to convert to C int");
      return false;
    }
    *out = static_cast<int>(n);
    return true;
  }
  template <typename E> bool enumerator(Value object, const char *cls, const char *field, E *out) {
    Value value = get(object, cls, field);
    return value && item(value, out);
  }

  // ---- Items of lists and values of fields

  template <typename T>
    requires std::is_base_of_v<ast::Node, T>
  bool item(Value value, T **out) {
    *out = node<T>(value);
    return !errorPending();
  }
  template <typename E>
    requires std::is_enum_v<E>
  bool item(Value value, E *out) {
    int n = classify(value, family(*out));
    *out = static_cast<E>(n);
    return n >= 0;
  }
  bool item(Value value, ast::Identifier *out) {
    if (value == kNone)
      return true;
    if (!strCheck(value)) {
      krt_raise(kTypeError, "AST identifier must be of type str");
      return false;
    }
    *out = context_.intern(strView(value.as<Str>()));
    return true;
  }
  bool item(Value value, const ast::StrText **out) {
    if (value == kNone)
      return true;
    if (!strCheck(value)) {
      krt_raise(kTypeError, "AST string must be of type str");
      return false;
    }
    *out = context_.makeText(strView(value.as<Str>()));
    return true;
  }
  bool item(Value value, ast::Constant **out) {
    *out = constant(value);
    return *out != nullptr;
  }

  ast::StrText text(std::string_view bytes) {
    return {context_.arena().copy(bytes), static_cast<uint32_t>(bytes.size())};
  }

  ast::Constant *constant(Value value) {
    using Kind = ast::ConstantKind;
    if (recursionCheck(" during compilation"))
      return nullptr;
    auto plain = [&](Kind kind) { return context_.makeConstant(kind); };
    if (value == kNone)
      return plain(Kind::None);
    if (value == kTrue || value == kFalse)
      return plain(value == kTrue ? Kind::True : Kind::False);
    if (value == kEllipsis)
      return plain(Kind::Ellipsis);
    if (isFloat(value)) {
      ast::Constant *c = plain(Kind::Float);
      c->real = floatValue(value);
      return c;
    }
    if (value.isInt() || isExact(value, krt_int_class))
      return integerConstant(value);
    if (isExact(value, krt_complex_class)) {
      ast::Constant *c = plain(Kind::Complex);
      c->real = value.as<Complex>()->real;
      c->imag = value.as<Complex>()->imag;
      return c;
    }
    if (isExact(value, krt_str_class) || isExact(value, krt_bytes_class)) {
      bool isText = isExact(value, krt_str_class);
      ast::Constant *c = plain(isText ? Kind::Str : Kind::Bytes);
      Bytes *bytes = value.as<Bytes>();
      c->text = text(isText ? strView(value.as<Str>())
                            : std::string_view(reinterpret_cast<const char *>(bytes->data),
                                               static_cast<size_t>(bytes->length)));
      return c;
    }
    if (isExact(value, krt_tuple_class) || isExact(value, krt_frozenset_class))
      return collection(value);
    krt_raise(kTypeError, "got an invalid type in Constant: %T", value);
    return nullptr;
  }

  ast::Constant *integerConstant(Value value) {
    IntView view(value);
    ast::Constant *c = context_.makeConstant(ast::ConstantKind::Int);
    c->negative = view.negative;
    auto count = static_cast<size_t>(view.count);
    uint64_t *limbs = context_.arena().createArray<uint64_t>(count);
    for (size_t i = 0; i < count; ++i)
      limbs[i] = view.limbs[i];
    c->limbs = limbs;
    c->limbCount = static_cast<uint32_t>(count);
    return c;
  }

  ast::Constant *collection(Value value) {
    bool isTuple = isExact(value, krt_tuple_class);
    ast::Constant *c =
        context_.makeConstant(isTuple ? ast::ConstantKind::Tuple : ast::ConstantKind::FrozenSet);
    std::vector<ast::Constant *> items;
    auto add = [&](Value v) {
      ast::Constant *one = constant(v);
      items.push_back(one);
      return one != nullptr;
    };
    if (isTuple) {
      Tuple *tuple = value.as<Tuple>();
      for (int64_t i = 0; i < tuple->length; ++i)
        if (!add(tuple->items[i]))
          return nullptr;
    } else {
      uint32_t position = 0;
      while (SetEntry *entry = krt_set_next(value.as<Set>(), &position))
        if (!add(entry->key))
          return nullptr;
    }
    c->items = context_.makeSeq(items);
    return c;
  }
};

} // namespace

bool isTreeObject(Value object, Dict **classes) {
  Value modules = krt_sys_modules();
  Value module = modules && isExact(modules, krt_dict_class)
                     ? krt_dict_get_str(modules.as<Dict>(), strIntern("_ast"))
                     : Value();
  if (!module || !isExact(module, krt_module_class))
    return false;
  Value all = krt_dict_get_str(module.as<Module>()->dict, strIntern("_classes"));
  if (!all || !isExact(all, krt_dict_class))
    return false;
  *classes = all.as<Dict>();
  Value base = krt_dict_get_str(*classes, strIntern("AST"));
  Tuple *mro = classOf(object)->mro;
  for (int64_t i = 0; base && i < mro->length; ++i)
    if (mro->items[i] == base)
      return true;
  return false;
}

Code *compileTreeObject_py(Value object, Dict *classes, Str *filename, const CompileRequest &request) {
  static const char *const wanted[] = {"Module", "Expression", "Interactive"};
  Value cls = krt_dict_get_str(classes, strIntern(wanted[request.mode]));
  int fits = cls ? krt_isinstance_py(object, cls) : 0;
  if (fits <= 0) {
    if (fits == 0)
      krt_raise(kTypeError, "expected %s node, got %T", wanted[request.mode], object);
    return nullptr;
  }
  ast::AstContext context;
  ast::Mod *mod = TreeReader(context, classes).module(object);
  if (!mod)
    return nullptr;
  if (std::string wrong = invalidTree(mod); !wrong.empty()) {
    krt_raise(kValueError, "%s", wrong.c_str());
    return nullptr;
  }
  CompileOptions options = compileOptions(request);
  CompileResult result = compileAst(context, mod, strView(filename), options);
  return finishCompile(result, filename);
}

} // namespace krait
