// The tables behind instructions.h: rows of the .def files taken apart once, and the reference page.
#include "compiler/hir/instructions.h"

#include "compiler/support/check.h"
#include "runtime/abi/opcodes.h"

#include <cstring>

namespace krait::hir {

// ---- Small tables -------------------------------------------------------------------------------------

template <size_t N> static int indexOf(const char *const (&names)[N], std::string_view name) {
  for (size_t i = 0; i < N; ++i)
    if (name == names[i])
      return int(i);
  return -1;
}

static constexpr const char *kCellNames[] = {
#define CELL(Name, ...) #Name,
#include "compiler/hir/CellKinds.def"
};
static constexpr Kind kCellResults[] = {
#define CELL(Name, Result, ...) Kind::Result,
#include "compiler/hir/CellKinds.def"
};
static constexpr const char *kReasonNames[] = {
#define DEOPT_REASON(Name, text) #Name,
#include "runtime/abi/DeoptReasons.def"
};
static constexpr const char *kCondNames[] = {"lt", "le", "eq", "ne", "gt", "ge"};
static constexpr const char *kLayoutNames[] = {
#define LAYOUT(Name, text) #Name,
#define FIELD(...)
#include "compiler/hir/Layouts.def"
};
static constexpr Kind kLayoutKinds[] = {
#define LAYOUT(Name, text) Kind::Name,
#define FIELD(...)
#include "compiler/hir/Layouts.def"
};
static constexpr const char *kAliasNames[] = {
#define ALIAS(Name, text) #Name,
#include "compiler/hir/AliasClasses.def"
};

const char *cellKindName(CellKind kind) { return kCellNames[unsigned(kind)]; }
Kind cellResultKind(CellKind kind) { return kCellResults[unsigned(kind)]; }
const char *reasonName(DeoptReason reason) { return kReasonNames[unsigned(reason)]; }
const char *condName(Cond cond) { return kCondNames[unsigned(cond)]; }
const char *layoutName(Layout layout) { return kLayoutNames[unsigned(layout)]; }
Kind layoutKind(Layout layout) { return kLayoutKinds[unsigned(layout)]; }
int cellKindByName(std::string_view name) { return indexOf(kCellNames, name); }
int reasonByName(std::string_view name) { return indexOf(kReasonNames, name); }
int condByName(std::string_view name) { return indexOf(kCondNames, name); }
int layoutByName(std::string_view name) { return indexOf(kLayoutNames, name); }

int bytecodeByName(std::string_view name) {
  for (unsigned i = 0; i < kOpcodeCount; ++i)
    if (name == kOpcodeInfo[i].name)
      return int(i);
  return -1;
}

Cond negated(Cond c) {
  static constexpr Cond kNegated[] = {Cond::ge, Cond::gt, Cond::ne, Cond::eq, Cond::le, Cond::lt};
  return kNegated[unsigned(c)];
}
Cond swapped(Cond c) {
  static constexpr Cond kSwapped[] = {Cond::gt, Cond::ge, Cond::eq, Cond::ne, Cond::lt, Cond::le};
  return kSwapped[unsigned(c)];
}

// ---- Fields ---------------------------------------------------------------------------------------------

static std::vector<FieldInfo> makeFields() {
  enum Mutability { Mutable, Const };
  std::vector<FieldInfo> fields = {
#define LAYOUT(...)
#define FIELD(L, name, T, M) {#L "." #name, Layout::L, 0, typeFromText(T), M == Const},
#include "compiler/hir/Layouts.def"
  };
  for (size_t i = 1; i < fields.size(); ++i)
    fields[i].index = fields[i].layout == fields[i - 1].layout ? fields[i - 1].index + 1 : 0;
  return fields;
}

static const std::vector<FieldInfo> &fieldTable() {
  static const std::vector<FieldInfo> table = makeFields();
  return table;
}

const FieldInfo &fieldInfo(Field field) { return fieldTable()[unsigned(field)]; }

Field firstField(Layout layout) {
  unsigned i = 0;
  while (fieldTable()[i].layout != layout)
    ++i;
  return Field(i);
}

unsigned fieldCount(Layout layout) {
  unsigned n = 0;
  for (const FieldInfo &f : fieldTable())
    n += f.layout == layout;
  return n;
}

int fieldByName(std::string_view name) {
  for (size_t i = 0; i < fieldTable().size(); ++i)
    if (name == fieldTable()[i].name)
      return int(i);
  return -1;
}

// ---- Instruction rows -------------------------------------------------------------------------------------

/// Cuts the next word off [text].
static std::string_view nextWord(std::string_view &text) {
  size_t end = text.find(' ');
  std::string_view word = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return word;
}

static AliasSet parseAliases(std::string_view text) {
  AliasSet set = 0;
  while (!text.empty()) {
    std::string_view word = nextWord(text);
    int i = indexOf(kAliasNames, word);
    KRAIT_CHECK(i >= 0 || word == "World", "alias class '%.*s'", int(word.size()), word.data());
    set |= i >= 0 ? aliasBit(Alias(i)) : kWorld;
  }
  return set;
}

static ImmKind immKindByName(std::string_view name) {
  static constexpr const char *kNames[] = {"int", "float", "bool",   "cell", "cond", "type",   "reason",
                                           "op",  "field", "layout", "name", "code", "native", "ints"};
  int i = indexOf(kNames, name);
  KRAIT_CHECK(i >= 0, "immediate kind '%.*s'", int(name.size()), name.data());
  return ImmKind(i);
}

static ResultRule ruleByName(std::string_view name) {
  static constexpr const char *kNames[] = {
      "fixed",      "param", "constInt", "imm",      "boxInt", "unboxInt", "boolInt", "guard", "guardShape",
      "guardIndex", "cell",  "slot",     "shape",    "layout", "field",    "size",    "bound", "generic",
      "add",        "sub",   "mul",      "floorDiv", "mod",    "and",      "or",      "shl",   "shr",
      "min",        "max",   "length",   "wrap",     "refine", "pick"};
  int i = indexOf(kNames, name);
  KRAIT_CHECK(i >= 0, "result rule '%.*s'", int(name.size()), name.data());
  return ResultRule(i);
}

static void parseOperands(InstInfo &info) {
  std::string_view text = info.operandText;
  while (!text.empty()) {
    std::string_view word = nextWord(text);
    size_t colon = word.find(':');
    std::string_view type = word.substr(colon + 1);
    if (type.ends_with('*')) {
      info.variadic = true;
      type.remove_suffix(1);
    }
    info.operands.push_back({word.substr(0, colon), typeFromText(type)});
  }
}

static void parseResult(InstInfo &info) {
  std::string_view text = info.resultText;
  info.hasResult = !text.empty();
  if (!info.hasResult)
    return;
  if (size_t colon = text.find(':'); colon != std::string_view::npos) {
    info.rule = ruleByName(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  info.result = typeFromText(text);
}

static InstInfo makeInfo(const char *name, const char *operands, const char *immediates, const char *result,
                         const char *reads, const char *writes, const char *flags, const char *doc) {
  InstInfo info{name, operands, immediates, result, reads, writes, flags, doc};
  parseOperands(info);
  for (std::string_view text = immediates; !text.empty();) {
    std::string_view word = nextWord(text);
    size_t colon = word.find(':');
    info.immediates.push_back({word.substr(0, colon), immKindByName(word.substr(colon + 1))});
  }
  parseResult(info);
  info.reads = parseAliases(reads);
  info.writes = parseAliases(writes);
  auto flag = [&](char c) { return std::strchr(flags, c) != nullptr; };
  info.runsPython = flag('P');
  info.mayRaise = flag('R') || flag('P');
  info.mayLeave = flag('D');
  info.ends = flag('T');
  info.allocates = flag('A');
  info.keep = flag('K');
  info.guard = flag('G');
  KRAIT_CHECK(!info.runsPython || (info.reads == kWorld && info.writes == kWorld), "%s: P implies World",
              name);
  return info;
}

const InstInfo &instInfo(Op op) {
  static const std::vector<InstInfo> table = {
#define INST(Name, ...) makeInfo(#Name, __VA_ARGS__),
#include "compiler/hir/Instructions.def"
  };
  return table[unsigned(op)];
}

int opByName(std::string_view name) {
  for (unsigned i = 0; i < kOpCount; ++i)
    if (name == instInfo(Op(i)).name)
      return int(i);
  return -1;
}

// ---- Reference page ---------------------------------------------------------------------------------

static std::string cellOf(const char *text) {
  std::string out;
  for (const char *c = text; *c; ++c)
    out += *c == '|' ? std::string("\\|") : std::string(1, *c);
  return out;
}

std::string referencePage() {
  std::string out = "# HIR instructions\n\nMade from Instructions.def by `krait-hir --reference`; the head "
                    "of that file explains the columns.\n\n"
                    "| instruction | operands | immediates | result | reads | writes | flags | meaning |\n"
                    "|---|---|---|---|---|---|---|---|\n";
  for (unsigned i = 0; i < kOpCount; ++i) {
    const InstInfo &info = instInfo(Op(i));
    for (const char *text : {info.name, info.operandText, info.immediateText, info.resultText, info.readsText,
                             info.writesText, info.flagsText, info.doc})
      out += "| " + cellOf(text) + " ";
    out += "|\n";
  }
  return out;
}

} // namespace krait::hir
