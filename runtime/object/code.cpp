// code.cpp - code objects: positions and attributes. They are made by runtime/interp's loader.
#include "runtime/object/code.h"

#include "runtime/abi/code_image.h"
#include "runtime/abi/native_code.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cstring>

#include "runtime/object/code.bind.inc"

namespace krait {
namespace {

Value orEmpty(Tuple *t) { return t ? t : krt_tuple_empty; }
Value lineOrNone(int32_t n) { return n < 0 ? kNone : smallInt(n); }

Value codeRepr(Value self) {
  auto *code = self.as<Code>();
  return krt_str_format("<code object %S at %p, file \"%S\", line %d>", Value(code->name), code, Value(code->filename),
                        static_cast<int>(code->firstLine));
}

int sameConstant_py(Value a, Value b) {
  return classOf(a) == classOf(b) ? krt_equal_py(a, b) : 0; // 1 and 1.0 are different programs
}
Value codeCompare(Value x, Value y, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(x, krt_code_class) || !isExact(y, krt_code_class))
    return kNotImplemented;
  auto *a = x.as<Code>(), *b = y.as<Code>();
  bool same = a == b;
  if (!same && a->hash == b->hash && a->unitCount == b->unitCount && a->constCount == b->constCount &&
      a->firstLine == b->firstLine && a->argCount == b->argCount && a->posOnlyCount == b->posOnlyCount &&
      a->kwOnlyCount == b->kwOnlyCount && a->flags == b->flags && krt_str_equal(a->name, b->name) &&
      std::memcmp(a->units, b->units, a->unitCount * sizeof(uint16_t)) == 0) {
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
  auto hash = static_cast<int64_t>(self.as<Code>()->hash ^ self.as<Code>()->firstLine);
  *out = hash == -1 ? -2 : hash;
  return 0;
}

} // namespace

Class krt_code_class = {
    .nativeName = "code",
    .basicSize = sizeof(Code),
    .slots = {.repr = codeRepr, .hash = codeHash, .richcompare = codeCompare},
    .methods = krt_code_defs,
    .doc = "Create a code object.  Not for mere mortals.",
};

SourceRange codePosition(const Code *code, uint32_t unit) {
  return PositionReader(code->positions, code->positionsSize, code->firstLine).find(unit);
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
Value krt_code_names(Code *self) { return krt_tuple_from(reinterpret_cast<Value *>(self->names), self->nameCount); }
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
    const SourceRange &range = reader.range();
    Value parts[] = {lineOrNone(range.line), lineOrNone(range.endLine), lineOrNone(range.col), lineOrNone(range.endCol)};
    Value tuple = krt_tuple_from(parts, 4);
    for (uint32_t unit = reader.startUnit(); unit < reader.endUnit(); ++unit)
      krt_list_append(list, tuple);
  }
  return krt_iter_py(list);
}

Value krt_code_replace(Code *self, Dict *changes) {
  auto *copy = gcNew<Code>(krt_code_class);
  std::memcpy(static_cast<void *>(copy), self, sizeof(Code));
  copy->caches = nullptr; // of the copy's own
  copy->native = nullptr;
  copy->entry = self->native ? self->native->interpreted : self->entry;
  copy->record = nullptr;
  uint32_t position = 0;
  while (DictEntry *entry = changes ? krt_dict_next(changes, &position) : nullptr) {
    std::string_view key = strView(entry->key.as<Str>());
    Str **text = key == "co_name" ? &copy->name : key == "co_qualname" ? &copy->qualname : key == "co_filename" ? &copy->filename : nullptr;
    if (text) {
      if (!strCheck(entry->value))
        return krt_raise(kTypeError, "replace() argument '%S' must be str, not %T", entry->key, entry->value);
      *text = entry->value.as<Str>();
    } else if (key == "co_flags" || key == "co_firstlineno") {
      if (!entry->value.isInt())
        return krt_raise(kTypeError, "'%T' object cannot be interpreted as an integer", entry->value);
      (key == "co_flags" ? copy->flags : copy->firstLine) = static_cast<uint32_t>(entry->value.asInt());
    } else if (key == "co_consts") {
      if (!hasClassFlag(entry->value, kClassTupleSub) || entry->value.as<Tuple>()->length < copy->constCount)
        return krt_raise(kTypeError, "replace() argument 'co_consts' must be a tuple of at least as many constants");
      copy->consts = entry->value.as<Tuple>()->items;
    } else {
      return krt_raise(kTypeError, "code.replace() cannot change '%S'", entry->key);
    }
  }
  return copy;
}

} // namespace krait
