// What is true of every HIR instruction, as C++: enumerators and tables made from Instructions.def and its
// companions.
#pragma once

#include "compiler/hir/type.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace krait::hir {

enum class Op : uint8_t {
#define INST(Name, ...) Name,
#include "compiler/hir/Instructions.def"
};
inline constexpr unsigned kOpCount = 0
#define INST(...) +1
#include "compiler/hir/Instructions.def"
    ;

enum class Alias : uint8_t {
#define ALIAS(Name, text) Name,
#include "compiler/hir/AliasClasses.def"
};
/// A set of alias classes.
using AliasSet = uint16_t;
constexpr AliasSet aliasBit(Alias a) { return AliasSet(1u << unsigned(a)); }
inline constexpr AliasSet kWorld = 0
#define ALIAS(Name, text) | aliasBit(Alias::Name)
#include "compiler/hir/AliasClasses.def"
    ;

enum class CellKind : uint8_t {
#define CELL(Name, ...) Name,
#include "compiler/hir/CellKinds.def"
};
const char *cellKindName(CellKind kind);
Kind cellResultKind(CellKind kind);

enum class DeoptReason : uint8_t {
#define DEOPT_REASON(Name, text) Name,
#include "runtime/abi/DeoptReasons.def"
};

/// Comparison conditions, in the order of the bytecode's Lt .. Ge.
enum class Cond : uint8_t { lt, le, eq, ne, gt, ge };
/// The condition that holds exactly when [c] does not (ints; floats only for eq and ne).
Cond negated(Cond c);
/// The condition of the swapped operands.
Cond swapped(Cond c);

enum class Layout : uint8_t {
#define LAYOUT(Name, text) Name,
#define FIELD(...)
#include "compiler/hir/Layouts.def"
};
enum class Field : uint8_t {
#define LAYOUT(...)
#define FIELD(L, name, T, M) L##_##name,
#include "compiler/hir/Layouts.def"
};
struct FieldInfo {
  const char *name; // "Layout.name"
  Layout layout;
  unsigned index; // within its layout
  Type type;
  bool constant;
};
const FieldInfo &fieldInfo(Field field);
const char *layoutName(Layout layout);
/// The kind of the objects of [layout].
Kind layoutKind(Layout layout);
/// The first field of [layout]; fields of a layout are consecutive.
Field firstField(Layout layout);
unsigned fieldCount(Layout layout);

enum class ImmKind : uint8_t {
  int_,
  float_,
  bool_,
  cell,
  cond,
  type,
  reason,
  op,
  field,
  layout,
  name,
  code,
  native,
  ints
};

/// How the result type follows from operands and immediates; always cut to the row's type.
enum class ResultRule : uint8_t {
  fixed,
  param,
  constInt,
  imm,
  boxInt,
  unboxInt,
  boolInt,
  guard,
  guardShape,
  guardIndex,
  cell,
  slot,
  shape,
  layout,
  field,
  size,
  bound,
  generic,
  add,
  sub,
  mul,
  floorDiv,
  mod,
  and_,
  or_,
  shl,
  shr,
  min,
  max,
  length,
  wrap,
  refine,
  pick
};

struct OperandInfo {
  std::string_view name;
  Type type;
};
struct ImmInfo {
  std::string_view name;
  ImmKind kind;
};

struct InstInfo {
  const char *name;
  const char *operandText, *immediateText, *resultText, *readsText, *writesText, *flagsText, *doc;
  std::vector<OperandInfo> operands;
  bool variadic; // the last operand stands for any number
  std::vector<ImmInfo> immediates;
  bool hasResult;
  ResultRule rule;
  Type result;
  AliasSet reads, writes;
  bool mayRaise, runsPython, mayLeave, ends, allocates, keep, guard; // flags K, G
  bool needsState() const { return mayRaise || mayLeave; }
};

const InstInfo &instInfo(Op op);
/// The reference page INSTRUCTIONS.md.
std::string referencePage();
/// Finds an enumerator by its spelling; -1 if there is none.
int opByName(std::string_view name);
int cellKindByName(std::string_view name);
int reasonByName(std::string_view name);
int condByName(std::string_view name);
int fieldByName(std::string_view name);
int layoutByName(std::string_view name);
int bytecodeByName(std::string_view name);
const char *reasonName(DeoptReason reason);
const char *condName(Cond cond);

} // namespace krait::hir
