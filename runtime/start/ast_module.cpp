// ast_module.cpp - see ast_module.h. Everything about node classes comes from compiler/frontend/Ast.def.
#include "runtime/start/ast_module.h"

#include "compiler/frontend/parse.h"
#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/int.h"
#include "runtime/start/start.h"

#include <string>

#include "runtime/start/ast_module.bind.inc"

namespace krait {

namespace {

/// Describes the fields of one class: names, which may be absent, and the ASDL line that is its docstring.
struct FieldList {
  List *names = krt_list_new(0), *optional = krt_list_new(0);
  std::string doc;
  void add(const char *name, const char *type, const char *mark) {
    krt_list_append(names, strIntern(name));
    if (*mark == '?')
      krt_list_append(optional, strIntern(name));
    std::string_view sum = type; // the two classes that are the only ones of their family
    sum = sum == "ExceptHandler" ? "excepthandler" : sum == "TypeIgnore" ? "type_ignore" : sum;
    doc += std::string(doc.empty() ? "" : ", ") + std::string(sum) + mark + " " + name;
  }
};

const char *pythonName(std::string_view sum) {
#define AST_SUM(Sum, python, Base)                                                                           \
  if (sum == #Sum)                                                                                           \
    return #python;
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  if (sum == #Name)                                                                                          \
    return #python;
#define AST_ENUM(Enum, python, ...)                                                                          \
  if (sum == #Enum)                                                                                          \
    return #python;
#include "compiler/frontend/Ast.def"
  return "";
}

void addNode(List *rows, const char *name, const char *base, const FieldList &fields, bool located) {
  std::string doc = fields.doc.empty() ? name : std::string(name) + "(" + fields.doc + ")";
  Value row[6] = {strIntern(name),
                  strIntern(base),
                  krt_tuple_from(fields.names->items, fields.names->length),
                  krt_tuple_from(fields.optional->items, fields.optional->length),
                  boolean(located),
                  strFrom(doc)};
  krt_list_append(rows, krt_tuple_from(row, 6));
}

/// The names in the text of an enumeration's values: "Load, Store, Del".
void addEnum(List *rows, const char *python, std::string_view values) {
  addNode(rows, python, "AST", {}, false);
  while (!values.empty()) {
    size_t comma = values.find(',');
    std::string name(values.substr(0, comma));
    name.erase(0, name.find_first_not_of(' '));
    addNode(rows, name.c_str(), python, {}, false);
    values.remove_prefix(comma == std::string_view::npos ? values.size() : comma + 1);
  }
}

/// Makes objects of tree nodes. Null results: an exception is pending.
class TreeMaker {
public:
  explicit TreeMaker(Dict *classes) : classes_(classes) {}

  Value make(const ast::Node *node) {
    if (!node)
      return kNone;
    if (recursionCheck(" during compilation"))
      return {};
    switch (node->kind) {
#define F_ONE(T, f) &&set(object, #f, make(n->f))
#define F_OPT(T, f) &&set(object, #f, make(n->f))
#define F_SEQ(T, f) &&set(object, #f, sequence(n->f))
#define F_SEQOPT(T, f) &&set(object, #f, sequence(n->f))
#define F_ID(f) &&set(object, #f, identifier(n->f))
#define F_OPTID(f) &&set(object, #f, identifier(n->f))
#define F_SEQID(f) &&set(object, #f, sequence(n->f))
#define F_INT(f) &&set(object, #f, smallInt(n->f))
#define F_STR(f) &&set(object, #f, text(n->f))
#define F_OPTSTR(f) &&set(object, #f, text(n->f))
#define F_CONST(f) &&set(object, #f, constant(n->f))
#define F_ENUM(E, f) &&set(object, #f, enumerator(n->f))
#define F_SEQENUM(E, f) &&set(object, #f, sequence(n->f))
#define AST_NODE(Sum, Name, fields)                                                                          \
  case ast::NodeKind::Name##Sum: {                                                                           \
    [[maybe_unused]] auto *n = static_cast<const ast::Name##Sum *>(node);                                    \
    Value object = create(#Name);                                                                            \
    return object && place(object, n) fields ? object : Value();                                             \
  }
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  case ast::NodeKind::Name: {                                                                                \
    [[maybe_unused]] auto *n = static_cast<const ast::Name *>(node);                                         \
    Value object = create(#python);                                                                          \
    return object && place(object, n) fields ? object : Value();                                             \
  }
#include "compiler/frontend/Ast.def"
    }
    __builtin_unreachable();
  }

private:
  Dict *classes_;
  Dict *singletons_ = krt_dict_new(); // of enumerators: one object for all places

  Value create(const char *name) {
    Value cls = krt_dict_get_str(classes_, strIntern(name));
    if (!cls || !hasClassFlag(cls, kClassTypeSub))
      return krt_raise(kTypeError, "no node class %s", name);
    return krt_instance_new(cls.as<Class>(), 0);
  }
  bool set(Value object, const char *name, Value value) {
    return value && krt_object_setattr_py(object, strIntern(name), value) == 0;
  }
  bool place(Value, const ast::Node *) { return true; }
  bool place(Value object, const ast::Located *node) {
    const ast::Location &at = node->loc;
    return set(object, "lineno", smallInt(at.line)) && set(object, "col_offset", smallInt(at.col)) &&
           set(object, "end_lineno", smallInt(at.endLine)) &&
           set(object, "end_col_offset", smallInt(at.endCol));
  }
  Value identifier(ast::Identifier name) { return name ? Value(strIntern(name->view())) : kNone; }
  Value text(const ast::StrText *value) { return value ? Value(strFrom(value->view())) : kNone; }

  template <typename E> Value enumerator(E value) {
    const char *name = enumName(value);
    Value object = krt_dict_get_str(singletons_, strIntern(name));
    if (!object) {
      object = TRY(create(name));
      krt_dict_set_str(singletons_, strIntern(name), object);
    }
    return object;
  }

  Value item(ast::Identifier name) { return identifier(name); }
  Value item(const ast::Node *node) { return make(node); }
  template <typename E>
    requires std::is_enum_v<E>
  Value item(E value) {
    return enumerator(value);
  }
  template <typename T> Value sequence(const ast::Seq<T> &items) {
    List *list = krt_list_new(items.size());
    for (T entry : items)
      krt_list_append(list, TRY(item(entry)));
    return list;
  }

  Value constant(const ast::Constant *value) {
    switch (value->kind) {
    case ast::ConstantKind::None:
      return kNone;
    case ast::ConstantKind::True:
      return kTrue;
    case ast::ConstantKind::False:
      return kFalse;
    case ast::ConstantKind::Ellipsis:
      return kEllipsis;
    case ast::ConstantKind::Int:
      return krt_int_from_limbs(value->limbs, value->limbCount, value->negative);
    case ast::ConstantKind::Float:
      return floatBox(value->real);
    case ast::ConstantKind::Complex:
      return krt_complex_new(value->real, value->imag);
    case ast::ConstantKind::Str:
      return strFrom(value->text.view());
    case ast::ConstantKind::Bytes:
      return krt_bytes_new(value->text.data, value->text.size);
    default:
      return krt_raise(kSystemError, "a constant that no parser makes");
    }
  }

  static const char *nthName(std::string_view names, unsigned index) {
    while (index--)
      names.remove_prefix(names.find(',') + 1);
    names.remove_prefix(names.find_first_not_of(' '));
    return strView(strIntern(names.substr(0, names.find(',')))).data();
  }
#define AST_ENUM(Enum, python, ...)                                                                          \
  static const char *enumName(ast::Enum value) { return nthName(#__VA_ARGS__, static_cast<unsigned>(value)); }
#include "compiler/frontend/Ast.def"
};

} // namespace

extern "C" {

Value krt__krait_ast_nodes() {
  List *rows = krt_list_new(0);
#define F_ONE(T, f) fields.add(#f, pythonName(#T), "");
#define F_OPT(T, f) fields.add(#f, pythonName(#T), "?");
#define F_SEQ(T, f) fields.add(#f, pythonName(#T), "*");
#define F_SEQOPT(T, f) fields.add(#f, pythonName(#T), "*");
#define F_ID(f) fields.add(#f, "identifier", "");
#define F_OPTID(f) fields.add(#f, "identifier", "?");
#define F_SEQID(f) fields.add(#f, "identifier", "*");
#define F_INT(f) fields.add(#f, "int", "");
#define F_OPTINT(f) fields.add(#f, "int", "?");
#define F_STR(f) fields.add(#f, "string", "");
#define F_OPTSTR(f) fields.add(#f, "string", "?");
#define F_CONST(f) fields.add(#f, "constant", "");
#define F_ENUM(E, f) fields.add(#f, pythonName(#E), "");
#define F_SEQENUM(E, f) fields.add(#f, pythonName(#E), "*");
#define AST_SUM(Sum, python, Base)                                                                           \
  addNode(rows, #python, "AST", {}, std::is_base_of_v<ast::Located, ast::Sum>);
#define AST_NODE(Sum, Name, given)                                                                           \
  {                                                                                                          \
    FieldList fields;                                                                                        \
    given addNode(rows, #Name, pythonName(#Sum), fields, std::is_base_of_v<ast::Located, ast::Sum>);         \
  }
#define AST_PRODUCT(Name, python, Base, given)                                                               \
  {                                                                                                          \
    FieldList fields;                                                                                        \
    std::string_view own = #python;                                                                          \
    const char *base = own == "ExceptHandler" ? "excepthandler"                                              \
                       : own == "TypeIgnore"  ? "type_ignore"                                                \
                                              : "AST";                                                        \
    if (base[0] != 'A')                                                                                      \
      addNode(rows, base, "AST", {}, std::is_base_of_v<ast::Located, ast::Name>);                            \
    given addNode(rows, #python, base, fields, std::is_base_of_v<ast::Located, ast::Name>);                  \
  }
#define AST_ENUM(Enum, python, ...) addEnum(rows, #python, #__VA_ARGS__);
#include "compiler/frontend/Ast.def"
  return rows;
}

Value krt__krait_ast_parse_py(Value source, Str *filename, int mode, bool typeComments, int featureVersion,
                              Dict *classes) {
  std::string_view bytes;
  std::string held; // of other buffers
  ParseFlags flags;
  flags.typeComments = typeComments;
  flags.maxIntDigits = static_cast<int>(krt_int_max_str_digits);
  if (featureVersion >= 0)
    flags.featureVersion = featureVersion;
  flags.sourceIsText = strCheck(source);
  if (flags.sourceIsText) {
    size_t size;
    const char *text = TRY(krt_str_utf8(source.as<Str>(), &size));
    bytes = {text, size};
  } else if (hasClassFlag(source, kClassBytesSub)) {
    bytes = {reinterpret_cast<const char *>(source.as<Bytes>()->data),
             static_cast<size_t>(source.as<Bytes>()->length)};
  } else if (krt_buffer_check(source)) {
    Bytes *copy = TRY(krt_bytes_of_py(source));
    held = std::string(bytesView(copy));
    bytes = held;
  } else {
    return krt_raise(kTypeError, "compile() arg 1 must be a string, bytes or AST object");
  }
  ast::AstContext context;
  constexpr ParseMode modes[] = {ParseMode::Module, ParseMode::Expression, ParseMode::Interactive,
                                 ParseMode::FunctionType};
  ParseResult result = parse(context, bytes, strView(filename), modes[mode], flags);
  for (const ParseWarning &warning : result.warnings)
    if (!issueCompileWarning(warning, filename))
      return {};
  if (!result) {
    raiseSyntaxError(result.error, filename);
    return {};
  }
  return TreeMaker(classes).make(result.mod);
}

} // extern "C"
} // namespace krait
