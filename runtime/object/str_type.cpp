// str_type.cpp - the class str: its slots, iterator and construction. Methods are in str_methods.cpp.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/iteration.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/str_iter.h"
#include <algorithm>

#include "runtime/object/str_iter.bind.inc"
#include "runtime/object/str_methods.bind.inc"

namespace krait {

static Value strStr(Value self) { return strPlain(self.as<Str>()); }
static Value strReprSlot(Value self) { return krt_str_repr(self.as<Str>()); }
static int strHashSlot(Value self, int64_t *out) {
  *out = krt_str_hash(self.as<Str>());
  return 0;
}

static Value strCompare(Value a, Value b, CompareOp op) {
  if (!strCheck(a) || !strCheck(b))
    return kNotImplemented;
  Str *x = a.as<Str>(), *y = b.as<Str>();
  switch (op) {
  case CompareOp::Eq:
    return boolean(krt_str_equal(x, y));
  case CompareOp::Ne:
    return boolean(!krt_str_equal(x, y));
  case CompareOp::Lt:
    return boolean(krt_str_compare(x, y) < 0);
  case CompareOp::Le:
    return boolean(krt_str_compare(x, y) <= 0);
  case CompareOp::Gt:
    return boolean(krt_str_compare(x, y) > 0);
  case CompareOp::Ge:
    return boolean(krt_str_compare(x, y) >= 0);
  }
  __builtin_unreachable();
}

static int64_t strLength(Value self) { return self.as<Str>()->length(); }

static int strContains(Value self, Value item) {
  if (!strCheck(item))
    return raiseInt(kTypeError, "'in <string>' requires string as left operand, not %.100T", item);
  return krt_str_find(self.as<Str>(), item.as<Str>(), 0, self.as<Str>()->length()) >= 0;
}

Str *krt_str_slice(Str *text, int64_t start, int64_t step, int64_t count) {
  if (step == 1)
    return krt_str_substring(text, start, start + count);
  StrBuilder out;
  for (int64_t i = 0, at = start; i < count; i++, at += step)
    out.append(text->at(at));
  return out.finish();
}

static Value strGetItem(Value self, Value key) {
  Str *text = self.as<Str>();
  if (isExact(key, krt_slice_class)) {
    int64_t start, stop, step;
    int64_t count = TRY_INT(krt_slice_adjust_py(key.as<Slice>(), text->length(), &start, &stop, &step));
    return krt_str_slice(text, start, step, count);
  }
  int64_t index;
  if (key.isInt()) {
    index = key.asInt();
  } else {
    if (!key.isObject() && !isBool(key))
      return krt_raise(kTypeError, "string indices must be integers, not '%.200T'", key);
    if (key.isObject() && !classOf(key)->slots.index)
      return krt_raise(kTypeError, "string indices must be integers, not '%.200T'", key);
    index = krt_index_i64_py(key, kIndexError);
    if (index == -1 && errorPending())
      return {};
  }
  if (index < 0)
    index += text->length();
  if (index < 0 || index >= text->length())
    return krt_raise(kIndexError, "string index out of range");
  return krt_str_from_char(text->at(index));
}

static Value strConcat(Value a, Value b) {
  if (!strCheck(b))
    return krt_raise(kTypeError, "can only concatenate str (not \"%.200T\") to str", b);
  return krt_str_concat(a.as<Str>(), b.as<Str>());
}
static Value strRepeat(Value a, int64_t n) { return krt_str_repeat(a.as<Str>(), n); }

static Value strModulo(Value a, Value b) { return strCheck(a) ? krt_str_percent_py(a.as<Str>(), b) : kNotImplemented; }

static Value strIter(Value self) {
  auto *iter = gcNew<StrIter>(krt_str_iterator_class);
  iter->text = self.as<Str>();
  return iter;
}
static Value strIterNext(Value self) {
  auto *iter = self.as<StrIter>();
  if (!iter->text)
    return {};
  if (iter->index < iter->text->length())
    return krt_str_from_char(iter->text->at(iter->index++));
  iter->text = nullptr;
  return {};
}
static Value strIterSelf(Value self) { return self; }

extern "C" {
int64_t krt_str_iterator_lengthHint(Value self) {
  auto *iter = self.as<StrIter>();
  return iter->text ? iter->text->length() - iter->index : 0;
}
Value krt_str_iterator_reduce_py(Value self) {
  auto *iter = self.as<StrIter>();
  return iter->text ? reducedIterator_py(iter->text, &iter->index) : reducedIterator_py(strFrom(""));
}
Value krt_str_iterator_setState_py(Value self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  auto *iter = self.as<StrIter>();
  if (iter->text)
    iter->index = std::clamp<int64_t>(index, 0, iter->text->length());
  return kNone;
}

constinit Shape krt_str_shape = {.cls = &krt_str_class};
constinit Class krt_str_class = {
    .flags = kClassBase | kClassStrSub | kClassMatchSelf,
    .nativeName = "str",
    .rootShape = &krt_str_shape,
    .basicSize = sizeof(Str),
    .slots =
        {
            .repr = strReprSlot,
            .str = strStr,
            .hash = strHashSlot,
            .richcompare = strCompare,
            .iter = strIter,
            .length = strLength,
            .contains = strContains,
            .getitem = strGetItem,
            .concat = strConcat,
            .repeat = strRepeat,
            .binary = {[static_cast<int>(BinaryOp::Mod)] = strModulo},
            .make = krt_str_make,
        },
    .methods = krt_str_defs,
    .doc = krt_str_doc,
};
constinit Class krt_str_iterator_class = {
    .nativeName = "str_iterator",
    .basicSize = sizeof(StrIter),
    .slots = {.iter = strIterSelf, .next = strIterNext},
    .methods = krt_str_iterator_defs,
};
}

} // namespace krait
