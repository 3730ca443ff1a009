// model.h - the facts that abigen reads from annotated headers; plain data without any Clang type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace krait::abigen {

struct Location {
  std::string file;
  unsigned line = 0, column = 0;
};

/// C++ types of parameters, results and fields, as far as glue and compiler tell them apart.
/// The enumerator is the type's letter in typed kinds, snapshots and tables.
enum class TypeKind : char {
  Void = 'v',
  Value = 'V',
  Object = 'o',  // pointer to a struct derived from Object
  Pointer = 'p', // any other pointer
  Bool = 'b',
  Status = 'e',  // result spelled plain `int` of a function that raises: negative = exception pending
  Int8 = 'c', UInt8 = 'C',
  Int16 = 'h', UInt16 = 'H',
  Int32 = 'i', UInt32 = 'I',
  Int64 = 'l', UInt64 = 'L',
  Double = 'd',
  Float = 'f',
  Span = 's',     // ArgSpan, two machine words
  Record = 'r',   // a struct embedded in a layout
  Array = 'a',    // an array embedded in a layout
  Unknown = '?',
};

struct Type {
  TypeKind kind = TypeKind::Unknown;
  std::string spelling; // C++, qualified
  std::string pointee;  // unqualified struct name for Object
  std::string cls;      // stem of the class variable of the pointee: "list" for krt_list_class
  bool plainInt = false; // spelled `int`, not a typedef
};

enum class ParamKind { PositionalOnly, PositionalOrKeyword, VarArgs, KeywordOnly, VarKeywords };

struct PyParam {
  std::string name;
  ParamKind kind = ParamKind::PositionalOrKeyword;
  bool hasDefault = false;
  std::string defaultText;
};

struct Signature {
  std::string name;
  std::vector<PyParam> params; // the receiver included where the text has one
};

enum class BindKind { Function, Method, Slot, ClassMethod, StaticMethod, Getter, Setter, New, Init };

/// One face of a C++ function in Python.
struct Binding {
  BindKind kind = BindKind::Function;
  std::string owner; // module or class
  std::string text;  // signature or attribute name as annotated
  Signature signature;
  Location location;
};

struct Effects {
  bool raises = false, collects = false, runsPy = false, pure = false;
  bool inlined = false; // defined in the header: compiled code must take it from the bitcode
  bool nullOk = false, noSignature = false, cold = false, callCounts = false;
  bool limitsReads = false, limitsWrites = false; // whether [reads]/[writes] are stated
  std::vector<std::string> reads, writes;
  std::string result; // Python class of the result, if stated
};

struct Param {
  std::string name;
  Type type;
};

struct Function {
  std::string name;      // krt_list_append
  std::string qualified; // ::krait::krt_list_append
  std::string symbol;    // as the linker sees it
  std::vector<Param> params;
  Type result;
  Effects effects;
  std::vector<Binding> bindings;
  std::string doc;
  Location location;
};

struct Field {
  std::string name; // dotted for fields of named sub-structs
  uint64_t offset = 0, size = 0;
  Type type;
  bool flexible = false; // trailing array: size is that of one item
};

struct Layout {
  std::string name, qualified, cls;
  uint64_t size = 0, align = 0;
  std::vector<Field> fields;
  Location location;
};

struct ModuleFact {
  std::string name, doc, init; // init: qualified name of the initialiser or empty
  Location location;
};
/// Functions of a module named by another header: krt_<module>_<stem>_defs.
struct FunctionsFact {
  std::string module, stem;
};
struct ClassFact {
  std::string name, doc;
  Location location;
};

/// Everything stated by one header.
struct Facts {
  std::string header; // as included: runtime/object/list.h
  std::vector<Function> functions;
  std::vector<Layout> layouts;
  std::vector<ModuleFact> modules;
  std::vector<ClassFact> classes;
  std::vector<FunctionsFact> functionTables;
};

/// Collects errors; prints them as file:line:column: error: message.
class Errors {
public:
  void report(const Location &at, const std::string &message);
  bool any() const { return count_ != 0; }
  unsigned count() const { return count_; }

private:
  unsigned count_ = 0;
};

const char *bindKindName(BindKind kind);
bool isInteger(TypeKind kind);
/// "o(oV)" for `List* f(List*, Value)`.
std::string typedKind(const Function &function);
/// krt_list_get_item_py -> listGetItemPy: the compiler's name for a runtime function.
std::string callName(const std::string &cppName);
/// A C string literal, quotes included.
std::string quoted(const std::string &text);
/// Writes only if the content differs, so that nothing downstream is rebuilt for nothing.
bool writeIfChanged(const std::string &path, const std::string &content);

} // namespace krait::abigen
