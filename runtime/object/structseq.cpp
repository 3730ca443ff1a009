// structseq.cpp - see structseq.h.
#include "runtime/object/structseq.h"

#include "runtime/abi/native.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cstddef>
#include <cstring>

namespace krait {

namespace {

const StructSeqDesc *descOf(const Class *cls) {
  while (cls && !cls->native)
    cls = cls->base;
  return static_cast<const StructSeqDesc *>(cls->native);
}

int fieldCount(const StructSeqDesc *desc) {
  int n = 0;
  while (desc->fields[n].name)
    ++n;
  return n;
}

bool isNamed(const StructSeqField &field) { return field.name[0] != 0; }

/// The field number [i] among the items and, behind them, the named rest.
Value repr(Value self) {
  const StructSeqDesc *desc = descOf(classOf(self));
  if (recursionCheck(" while getting the repr of an object"))
    return {};
  StrBuilder out;
  out.append(std::string_view(desc->name));
  out.append('(');
  bool first = true;
  int named = -1; // items take the named fields in turn: those without a name are followed by hidden ones that have it
  for (int i = 0; i < desc->visible; ++i) {
    do
      ++named;
    while (desc->fields[named].name && !isNamed(desc->fields[named]));
    if (!desc->fields[named].name)
      return krt_raise(kSystemError, "In structseq_repr(), member %d name is NULL for type %.500s", i, desc->name);
    if (!first)
      out.append(std::string_view(", "));
    first = false;
    out.append(std::string_view(desc->fields[named].name));
    out.append('=');
    out.append(TRY(krt_repr_py(self.as<Tuple>()->items[i])));
  }
  out.append(')');
  return out.finish();
}

Value reduce(Value, const Value *args, size_t nargs, Tuple *) {
  if (nargs != 1)
    return krt_raise(kTypeError, "__reduce__() takes no arguments (%zu given)", nargs - 1);
  auto *self = args[0].as<Tuple>();
  const StructSeqDesc *desc = descOf(classOf(self));
  Dict *hidden = krt_dict_new();
  for (int i = desc->visible; desc->fields[i].name; ++i)
    krt_dict_set_str(hidden, strIntern(desc->fields[i].name), self->items[i]);
  Value parts[2] = {krt_tuple_from(self->items, desc->visible), hidden};
  Value result[2] = {classOf(self), krt_tuple_from(parts, 2)};
  return krt_tuple_from(result, 2);
}
const NativeDef reduceDefs[] = {
    {"__reduce__", nullptr, nullptr, reduce, nullptr, NativeKind::Method, kEffectRaises | kEffectCollects, nullptr, nullptr, nullptr},
    {},
};

/// cls(sequence, dict={}): the sequence may hold the hidden fields too.
Value make(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  const StructSeqDesc *desc = descOf(cls);
  int total = fieldCount(desc);
  Value sequence, given;
  size_t keywords = kwnames ? kwnames->length : 0;
  if (nargs > 0)
    sequence = args[0];
  if (nargs > 1)
    given = args[1];
  for (size_t i = 0; i < keywords; ++i) {
    std::string_view name = strView(kwnames->items[i].as<Str>());
    if (name == "sequence")
      sequence = args[nargs + i];
    else if (name == "dict")
      given = args[nargs + i];
    else
      return krt_raise(kTypeError, "'%S' is an invalid keyword argument for %s()", kwnames->items[i], krt_class_name(cls));
  }
  if (!sequence)
    return krt_raise(kTypeError, "structseq() missing required argument 'sequence' (pos 1)");
  if (nargs > 2)
    return krt_raise(kTypeError, "structseq() takes at most 2 arguments (%zu given)", nargs + keywords);
  if (given && !hasClassFlag(given, kClassDictSub))
    return krt_raise(kTypeError, "%.500s() takes a dict as second arg, if any", desc->name);
  if (!classOf(sequence)->slots.iter && !classOf(sequence)->slots.getitem)
    return krt_raise(kTypeError, "constructor requires a sequence");
  Tuple *items = TRY(krt_tuple_from_py(sequence));
  auto wrong = [&](const char *bound, int wanted) {
    return krt_raise(kTypeError, "%.500s() takes %s %d-sequence (%lld-sequence given)", desc->name, bound, wanted,
                     static_cast<long long>(items->length));
  };
  if (total != desc->visible) {
    if (items->length < desc->visible)
      return wrong("an at least", desc->visible);
    if (items->length > total)
      return wrong("an at most", total);
  } else if (items->length != desc->visible) {
    return wrong("a", desc->visible);
  }
  Tuple *self = krt_structseq_new(cls);
  for (int64_t i = 0; i < items->length; ++i)
    self->items[i] = items->items[i];
  for (int i = static_cast<int>(items->length); given && i < total; ++i) {
    Value value = krt_dict_get_str(given.as<Dict>(), strIntern(desc->fields[i].name));
    if (value)
      self->items[i] = value;
  }
  return self;
}

Value refuseMake(Class *cls, const Value *, size_t, Tuple *) {
  return krt_raise(kTypeError, "cannot create '%s' instances", descOf(cls)->name);
}

} // namespace

extern "C" {

void krt_structseq_ready(Class *cls, const StructSeqDesc *desc) {
  if (cls->flags & kClassReady)
    return;
  cls->flags = desc->disallowMaking ? kClassDisallowNew : 0;
  cls->nativeName = desc->name;
  cls->doc = desc->doc;
  cls->base = &krt_tuple_class;
  cls->basicSize = sizeof(Tuple);
  cls->itemSize = sizeof(Value);
  cls->native = const_cast<StructSeqDesc *>(desc);
  cls->methods = reduceDefs;
  cls->slots.repr = repr;
  cls->slots.make = desc->disallowMaking ? refuseMake : make;
  krt_class_ready(cls);
  int total = fieldCount(desc), unnamed = 0;
  List *names = krt_list_new(desc->visible);
  for (int i = 0; i < total; ++i) {
    const StructSeqField &field = desc->fields[i];
    if (!isNamed(field)) {
      ++unnamed;
      continue;
    }
    Str *name = strIntern(field.name);
    MemberDescriptor *member = krt_member_descriptor_new(cls, name, static_cast<uint32_t>(offsetof(Tuple, items) + i * sizeof(Value)));
    member->readOnly = member->unsetIsNone = true;
    member->doc = field.doc;
    krt_dict_set_str(cls->dict, name, member);
    if (i < desc->visible)
      krt_list_append(names, name);
  }
  krt_dict_set_str(cls->dict, KSTR(n_sequence_fields), smallInt(desc->visible));
  krt_dict_set_str(cls->dict, KSTR(n_fields), smallInt(total));
  krt_dict_set_str(cls->dict, KSTR(n_unnamed_fields), smallInt(unnamed));
  krt_dict_set_str(cls->dict, KSTR(__match_args__), krt_tuple_from(names->items, names->length));
}

Tuple *krt_structseq_new(Class *cls) {
  const StructSeqDesc *desc = descOf(cls);
  int total = fieldCount(desc);
  auto *self = static_cast<Tuple *>(gcAllocate(sizeof(Tuple) + total * sizeof(Value)));
  self->shape = cls->rootShape;
  self->length = desc->visible;
  for (int i = 0; i < total; ++i)
    self->items[i] = kNone;
  return self;
}

Tuple *krt_structseq_from(Class *cls, const Value *fields, size_t count) {
  Tuple *self = krt_structseq_new(cls);
  for (size_t i = 0; i < count; ++i)
    self->items[i] = fields[i];
  return self;
}

} // extern "C"
} // namespace krait
