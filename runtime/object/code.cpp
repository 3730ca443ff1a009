// code.cpp - code objects: positions and attributes. They are made by runtime/interp's loader.
#include "runtime/object/code.h"

#include "runtime/abi/code_image.h"
#include "runtime/abi/native_code.h"
#include "runtime/abi/opcodes.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cstring>
#include <functional>
#include <utility>

#include "runtime/object/code.bind.inc"

namespace krait {
namespace {

Value orEmpty(Tuple *t) { return t ? t : krt_tuple_empty; }
Value lineOrNone(int32_t n) { return n < 0 ? kNone : smallInt(n); }

Value codeRepr(Value self) {
  auto *code = self.as<Code>();
  return krt_str_format("<code object %S at %p, file \"%S\", line %d>", Value(code->name), code,
                        Value(code->filename), static_cast<int>(code->firstLine));
}

std::string_view bytesOf(const Code *code) {
  return {reinterpret_cast<const char *>(code->units), code->unitCount * sizeof(uint16_t)};
}
std::string_view tablesOf(const Code *code) {
  return {reinterpret_cast<const char *>(code->ranges), code->rangeCount * sizeof(ExceptionRange)};
}
std::string_view positionsOf(const Code *code) {
  return {reinterpret_cast<const char *>(code->positions), code->positionsSize};
}

bool sameTexts(Tuple *a, Tuple *b) {
  int64_t length = a ? a->length : 0;
  if (length != (b ? b->length : 0))
    return false;
  for (int64_t i = 0; i < length; ++i)
    if (!krt_str_equal(a->items[i].as<Str>(), b->items[i].as<Str>()))
      return false;
  return true;
}

bool sameNames(const Code *a, const Code *b) {
  if (a->nameCount != b->nameCount)
    return false;
  for (uint32_t i = 0; i < a->nameCount; ++i)
    if (!krt_str_equal(a->names[i], b->names[i]))
      return false;
  return sameTexts(a->varnames, b->varnames) && sameTexts(a->freevars, b->freevars) &&
         sameTexts(a->cellvars, b->cellvars);
}

int sameConstant_py(Value a, Value b) {
  return classOf(a) == classOf(b) ? krt_equal_py(a, b) : 0; // 1 and 1.0 are different programs
}
Value codeCompare(Value x, Value y, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(x, krt_code_class) ||
      !isExact(y, krt_code_class))
    return kNotImplemented;
  auto *a = x.as<Code>(), *b = y.as<Code>();
  bool same = a == b;
  if (!same && a->unitCount == b->unitCount && a->constCount == b->constCount &&
      a->firstLine == b->firstLine && a->argCount == b->argCount && a->posOnlyCount == b->posOnlyCount &&
      a->kwOnlyCount == b->kwOnlyCount && a->flags == b->flags && krt_str_equal(a->name, b->name) &&
      bytesOf(a) == bytesOf(b) && tablesOf(a) == tablesOf(b) && positionsOf(a) == positionsOf(b) &&
      sameNames(a, b)) {
    same = true;
    for (uint32_t i = 0; same && i < a->constCount; ++i) {
      int equal = sameConstant_py(a->consts[i], b->consts[i]);
      if (equal < 0)
        return {};
      same = equal;
    }
  }
  return boolean(same == (op == CompareOp::Eq));
}
int codeHash(Value self, int64_t *out) {
  auto *code = self.as<Code>();
  std::hash<std::string_view> hashText;
  auto hash =
      static_cast<int64_t>(hashText(bytesOf(code)) ^ hashText(positionsOf(code)) * 3 ^
                           hashText(tablesOf(code)) * 5 ^ hashText(strView(code->name)) ^ code->firstLine);
  *out = hash == -1 ? -2 : hash;
  return 0;
}

} // namespace

Class krt_code_class = {
    .nativeName = "code",
    .basicSize = sizeof(Code),
    .slots = {.repr = codeRepr, .hash = codeHash, .richcompare = codeCompare, .make = krt_code_make},
    .methods = krt_code_defs,
    .doc = "Create a code object.  Not for mere mortals.",
};

bool krt_only_lines = false;
int (*krt_audit_hook_py)(Str *event, const Value *args, size_t count) = nullptr;

/// What programs may know of [range].
static SourceRange shown(SourceRange range) {
  return krt_only_lines ? SourceRange{.line = range.line, .endLine = range.line} : range;
}

SourceRange codePosition(const Code *code, uint32_t unit) {
  return shown(PositionReader(code->positions, code->positionsSize, code->firstLine).find(unit));
}
int32_t krt_code_line(const Code *code, uint32_t unit) { return codePosition(code, unit).line; }

Value krt_code_name(Code *self) { return self->name; }
Value krt_code_qualname(Code *self) { return self->qualname; }
Value krt_code_filename(Code *self) { return self->filename; }
Value krt_code_firstLine(Code *self) { return smallInt(self->firstLine); }
Value krt_code_argCount(Code *self) { return smallInt(self->argCount); }
Value krt_code_posOnlyCount(Code *self) { return smallInt(self->posOnlyCount); }
Value krt_code_kwOnlyCount(Code *self) { return smallInt(self->kwOnlyCount); }
Value krt_code_localCount(Code *self) { return smallInt(self->localCount); }
Value krt_code_stackSize(Code *self) { return smallInt(self->registerCount); }
Value krt_code_flags(Code *self) { return smallInt(self->flags); }
Value krt_code_units(Code *self) {
  return krt_bytes_new(reinterpret_cast<const uint8_t *>(self->units), int64_t{self->unitCount} * 2);
}
Value krt_code_consts(Code *self) { return krt_tuple_from(self->consts, self->constCount); }
Value krt_code_names(Code *self) {
  return krt_tuple_from(reinterpret_cast<Value *>(self->names), self->nameCount);
}
Value krt_code_varnames(Code *self) { return orEmpty(self->varnames); }
Value krt_code_freevars(Code *self) { return orEmpty(self->freevars); }
Value krt_code_cellvars(Code *self) { return orEmpty(self->cellvars); }
Value krt_code_lineTable(Code *self) { return krt_bytes_new(self->positions, self->positionsSize); }

Value krt_code_lines_py(Code *self) {
  List *list = krt_list_new(8);
  PositionReader reader(self->positions, self->positionsSize, self->firstLine);
  uint32_t start = 0;
  int32_t line = 0;
  bool open = false;
  auto flush = [&](uint32_t end) {
    Value parts[] = {smallInt(start * 2), smallInt(end * 2), lineOrNone(line)};
    krt_list_append(list, krt_tuple_from(parts, 3));
  };
  uint32_t end = 0;
  while (reader.next()) { // entries of one line are joined
    if (open && reader.range().line != line) {
      flush(reader.startUnit());
      open = false;
    }
    if (!open) {
      start = reader.startUnit();
      line = reader.range().line;
      open = true;
    }
    end = reader.endUnit();
  }
  if (open)
    flush(end);
  return krt_iter_py(list);
}
Value krt_code_positions_py(Code *self) {
  List *list = krt_list_new(self->unitCount);
  PositionReader reader(self->positions, self->positionsSize, self->firstLine);
  while (reader.next()) {
    SourceRange range = shown(reader.range());
    Value parts[] = {lineOrNone(range.line), lineOrNone(range.endLine), lineOrNone(range.col),
                     lineOrNone(range.endCol)};
    Value tuple = krt_tuple_from(parts, 4);
    for (uint32_t unit = reader.startUnit(); unit < reader.endUnit(); ++unit)
      krt_list_append(list, tuple);
  }
  return krt_iter_py(list);
}

Value krt_code_exceptionTable(Code *self) {
  std::string_view table = tablesOf(self);
  return krt_bytes_new(reinterpret_cast<const uint8_t *>(table.data()), static_cast<int64_t>(table.size()));
}

Value krt_code_varname(Code *self, int64_t oparg) {
  int64_t at = oparg;
  if (at >= 0 && at < self->localCount)
    return self->varnames->items[at];
  for (int64_t i = 0; i < self->cellvars->length; ++i)
    if (self->cellRegs[i] >= self->localCount && self->cellRegs[i] == oparg)
      return self->cellvars->items[i];
  at -= self->localCount;
  for (int64_t i = 0; i < self->cellvars->length; ++i)
    at -= self->cellRegs[i] >= self->localCount;
  if (at >= 0 && at < self->freevars->length)
    return self->freevars->items[at];
  return krt_raise(kIndexError, "tuple index out of range");
}

std::string (*krt_code_verify_hook)(const Code *code) = nullptr;
NativeEntry krt_code_entry_hook = nullptr;

namespace {

/// Changes to a code object. What refers to bytecode is checked at the end (finish).
class CodeChange {
public:
  explicit CodeChange(Code *code) : code_(code) {}

  bool set(std::string_view field, Value value) {
    if (Str **text = field == "co_name"       ? &code_->name
                     : field == "co_qualname" ? &code_->qualname
                     : field == "co_filename" ? &code_->filename
                                              : nullptr)
      return setText(field, value, text);
    for (auto [name, number] : {std::pair<std::string_view, uint16_t *>{"co_argcount", &code_->argCount},
                                {"co_posonlyargcount", &code_->posOnlyCount},
                                {"co_kwonlyargcount", &code_->kwOnlyCount},
                                {"co_nlocals", &code_->localCount},
                                {"co_stacksize", &code_->registerCount}})
      if (name == field)
        return setCount(field, value, number);
    if (field == "co_flags" || field == "co_firstlineno")
      return setNumber(field, value, field == "co_flags" ? &code_->flags : &code_->firstLine);
    if (field == "co_code" || field == "co_linetable" || field == "co_exceptiontable")
      return setBytes(field, value);
    if (field == "co_consts" || field == "co_names" || field == "co_varnames" || field == "co_freevars" ||
        field == "co_cellvars")
      return setTuple(field, value);
    krt_raise(kTypeError, "'%s' is an invalid keyword argument for replace()", std::string(field).c_str());
    return false;
  }

  Value finish_py() {
    if (!bytecode_) {
      TRY(tellHooks_py());
      return code_;
    }
    if (code_->localCount != code_->varnames->length)
      return krt_raise(kValueError, "code: co_nlocals != len(co_varnames)");
    uint32_t parameters = code_->argCount + code_->kwOnlyCount + !!(code_->flags & kCodeVarArgs) +
                          !!(code_->flags & kCodeVarKeywords);
    if (code_->posOnlyCount > code_->argCount || parameters > code_->localCount)
      return krt_raise(kValueError, "code: varnames is too small");
    placeCells();
    countSites();
    std::string wrong = krt_code_verify_hook ? krt_code_verify_hook(code_) : "";
    if (!wrong.empty())
      return krt_raise(kValueError, "code: %s", wrong.c_str());
    TRY(tellHooks_py());
    return code_;
  }

private:
  bool tellHooks_py() {
    TRY_AUDIT("code.__new__", TRY(krt_code_units(code_)), code_->filename, code_->name,
              smallInt(code_->argCount), smallInt(code_->posOnlyCount), smallInt(code_->kwOnlyCount),
              smallInt(code_->localCount), smallInt(code_->registerCount), smallInt(code_->flags));
    return true;
  }

  bool wrongType(std::string_view field, const char *wanted, Value value) {
    krt_raise(kTypeError, "code() argument '%s' must be %s, not %T", std::string(field).c_str(), wanted,
              value);
    return false;
  }

  bool setText(std::string_view field, Value value, Str **to) {
    if (!strCheck(value))
      return wrongType(field, "str", value);
    *to = value.as<Str>();
    return true;
  }

  bool setNumber(std::string_view field, Value value, uint32_t *to) {
    if (!value.isInt()) {
      krt_raise(kTypeError, "'%T' object cannot be interpreted as an integer", value);
      return false;
    }
    int64_t number = value.asInt();
    if (number < 0 || number > INT32_MAX) {
      krt_raise(kValueError, "code: %s must not be negative", std::string(field.substr(3)).c_str());
      return false;
    }
    *to = static_cast<uint32_t>(number);
    return true;
  }

  bool setCount(std::string_view field, Value value, uint16_t *to) {
    uint32_t number = 0;
    if (!setNumber(field, value, &number))
      return false;
    if (number > UINT16_MAX) {
      krt_raise(kValueError, "code: %s is too large", std::string(field.substr(3)).c_str());
      return false;
    }
    bytecode_ |= *to != number;
    *to = static_cast<uint16_t>(number);
    return true;
  }

  bool setBytes(std::string_view field, Value value) {
    if (!hasClassFlag(value, kClassBytesSub))
      return wrongType(field, "bytes", value);
    std::string_view bytes = bytesView(value.as<Bytes>());
    size_t unit = field == "co_code"             ? sizeof(uint16_t)
                  : field == "co_exceptiontable" ? sizeof(ExceptionRange)
                                                 : 1;
    if (bytes.size() % unit || bytes.size() / unit > INT32_MAX) {
      krt_raise(kValueError, "code: %s is malformed", std::string(field.substr(3)).c_str());
      return false;
    }
    // A copy of its own: aligned, and not moved with the bytes.
    auto *copy = static_cast<uint8_t *>(gcAllocate(bytes.size() + sizeof(Value)));
    std::memcpy(copy, bytes.data(), bytes.size());
    auto count = static_cast<uint32_t>(bytes.size() / unit);
    if (field == "co_linetable") {
      code_->positions = copy;
      code_->positionsSize = count;
      return true;
    }
    bytecode_ = true;
    if (field == "co_code") {
      code_->units = reinterpret_cast<uint16_t *>(copy);
      code_->unitCount = count;
    } else {
      code_->ranges = reinterpret_cast<ExceptionRange *>(copy);
      code_->rangeCount = count;
    }
    return true;
  }

  bool setTuple(std::string_view field, Value value) {
    if (!hasClassFlag(value, kClassTupleSub))
      return wrongType(field, "tuple", value);
    auto *tuple = value.as<Tuple>();
    bytecode_ = true;
    if (field == "co_consts") {
      code_->consts = tuple->items;
      code_->constCount = static_cast<uint32_t>(tuple->length);
      return true;
    }
    for (int64_t i = 0; i < tuple->length; ++i)
      if (!strCheck(tuple->items[i])) {
        krt_raise(kTypeError, "name tuples must contain only strings, not '%T'", tuple->items[i]);
        return false;
      }
    // Names are looked up by identity.
    Tuple *names = krt_tuple_new(tuple->length);
    for (int64_t i = 0; i < tuple->length; ++i)
      names->items[i] = krt_str_intern(tuple->items[i].as<Str>());
    if (field == "co_names") {
      code_->names = reinterpret_cast<Str **>(names->items);
      code_->nameCount = static_cast<uint32_t>(names->length);
    } else {
      (field == "co_varnames"   ? code_->varnames
       : field == "co_freevars" ? code_->freevars
                                : code_->cellvars) = names;
    }
    return true;
  }

  /// A parameter that is a cell keeps its register; the other cells come behind the locals.
  void placeCells() {
    int64_t count = code_->cellvars->length;
    auto *registers =
        static_cast<uint16_t *>(gcAllocate(static_cast<size_t>(count) * sizeof(uint16_t) + sizeof(Value)));
    uint16_t own = code_->localCount;
    for (int64_t i = 0; i < count; ++i) {
      int64_t local = 0;
      while (local < code_->varnames->length &&
             !krt_str_equal(code_->varnames->items[local].as<Str>(), code_->cellvars->items[i].as<Str>()))
        ++local;
      registers[i] = local < code_->varnames->length ? static_cast<uint16_t>(local) : own++;
    }
    code_->cellRegs = registers;
  }

  void countSites() {
    code_->siteCount = 0;
    for (uint32_t at = 0; at < code_->unitCount && code_->units[at] < kOpcodeCount;) {
      const OpcodeInfo &info = opcodeInfo(Opcode(code_->units[at]));
      code_->siteCount += std::string_view(info.operands).find('s') != std::string_view::npos;
      at += info.length;
    }
  }

  Code *code_;
  bool bytecode_ = false; // something changed that bytecode depends on
};

} // namespace

Value krt_code_replace_py(Code *self, Dict *changes) {
  auto *copy = gcNew<Code>(krt_code_class);
  std::memcpy(static_cast<void *>(copy), self, sizeof(Code));
  copy->caches = nullptr; // of the copy's own
  copy->native = nullptr;
  copy->entry = self->native ? self->native->interpreted : self->entry;
  copy->record = nullptr;
  CodeChange change(copy);
  uint32_t position = 0;
  while (DictEntry *entry = changes ? krt_dict_next(changes, &position) : nullptr)
    if (!change.set(strView(entry->key.as<Str>()), entry->value))
      return {};
  return change.finish_py();
}

Value krt_code_new_py(Class *, Value argcount, Value posonlyargcount, Value kwonlyargcount, Value nlocals,
                      Value stacksize, Value flags, Value codestring, Value constants, Value names,
                      Value varnames, Value filename, Value name, Value qualname, Value firstlineno,
                      Value linetable, Value exceptiontable, Value freevars, Value cellvars) {
  auto *code = gcNew<Code>(krt_code_class);
  code->entry = krt_code_entry_hook;
  CodeChange change(code);
  const std::pair<std::string_view, Value> fields[] = {
      {"co_argcount", argcount},
      {"co_posonlyargcount", posonlyargcount},
      {"co_kwonlyargcount", kwonlyargcount},
      {"co_nlocals", nlocals},
      {"co_stacksize", stacksize},
      {"co_flags", flags},
      {"co_code", codestring},
      {"co_consts", constants},
      {"co_names", names},
      {"co_varnames", varnames},
      {"co_filename", filename},
      {"co_name", name},
      {"co_qualname", qualname},
      {"co_firstlineno", firstlineno},
      {"co_linetable", linetable},
      {"co_exceptiontable", exceptiontable},
      {"co_freevars", freevars ? freevars : Value(krt_tuple_empty)},
      {"co_cellvars", cellvars ? cellvars : Value(krt_tuple_empty)}};
  for (const auto &[field, value] : fields)
    if (!change.set(field, value))
      return {};
  return change.finish_py();
}

} // namespace krait
