// protocol.cpp - text of any object, isinstance and issubclass, the stack limit.
#include "runtime/object/protocol.h"

#include "runtime/object/format_quick.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/str.h"
#include "runtime/object/typed_calls.h"
#include "runtime/object/union.h"

namespace krait {

// ---- Text -------------------------------------------------------------------------------------------

Str *krt_repr_py(Value v) {
  if (recursionCheck(" while getting the repr of an object"))
    return nullptr;
  auto repr = classOf(v)->slots.repr;
  if (!repr)
    return krt_str_format("<%N object at %p>", classOf(v), v.asObject());
  if (krt_thread.depth >= krt_thread.depthLimit)
    return krt_raise_recursion(" while getting the repr of an object"), nullptr;
  ++krt_thread.depth; // nested containers count as calls
  Value text = repr(v);
  --krt_thread.depth;
  if (!text)
    return nullptr;
  if (!strCheck(text)) {
    krt_raise(kTypeError, "__repr__ returned non-string (type %.200T)", text);
    return nullptr;
  }
  return text.as<Str>();
}

Str *krt_str_of_py(Value v) {
  if (isExact(v, krt_str_class))
    return v.as<Str>();
  auto str = classOf(v)->slots.str;
  if (!str)
    return krt_repr_py(v);
  CountedCall call;
  if (call.tooDeep(" while getting the str of an object"))
    return nullptr;
  Value text = TRY(str(v));
  if (!strCheck(text)) {
    krt_raise(kTypeError, "__str__ returned non-string (type %.200T)", text);
    return nullptr;
  }
  return text.as<Str>();
}

Str *krt_ascii_py(Value v) {
  Str *repr = TRY(krt_repr_py(v));
  if (repr->isAscii())
    return repr;
  StrBuilder out;
  for (int64_t i = 0; i < repr->length(); ++i) {
    uint32_t c = repr->at(i);
    if (c < 128) {
      out.append(c);
      continue;
    }
    char text[16];
    int n = snprintf(text, sizeof(text), c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
    out.append(std::string_view(text, static_cast<size_t>(n)));
  }
  return out.finish();
}

Value krt_format_py(Value v, Str *spec) {
  if (!spec || spec->length() == 0) {
    if (isExact(v, krt_str_class))
      return v;
    if (v.isInt())
      return krt_str_of_py(v);
    spec = krt_str_empty;
  } else if (Str *text = formatQuick(v, spec)) {
    return text;
  }
  Value self;
  Value method = krt_special_lookup_py(v, KSTR(__format__), &self);
  if (!method)
    return errorPending() ? Value() : krt_raise(kTypeError, "Type %.100T doesn't define __format__", v);
  Value argument = spec;
  Value text = TRY(krt_call_with_self_py(method, self, &argument, 1, nullptr));
  if (!strCheck(text))
    return krt_raise(kTypeError, "__format__ must return a str, not %.200T", text);
  return text;
}

// ---- isinstance, issubclass -------------------------------------------------------------------------

namespace {

/// cls.__bases__ of something that acts as a class; null without exception if it has none.
Value abstractBases_py(Value cls) {
  Value bases = krt_getattr_optional_py(cls, KSTR(__bases__));
  return bases && hasClassFlag(bases, kClassTupleSub) ? bases : Value();
}

int abstractSubclass_py(Value derived, Value cls) {
  CountedCall call;
  if (call.tooDeep(" in __issubclass__"))
    return -1;
  if (derived == cls)
    return 1;
  Value bases = abstractBases_py(derived);
  if (!bases)
    return errorPending() ? -1 : 0;
  for (int64_t i = 0; i < bases.as<Tuple>()->length; ++i)
    if (int result = abstractSubclass_py(bases.as<Tuple>()->items[i], cls))
      return result;
  return 0;
}

int requireClass_py(Value cls, const char *message) {
  if (abstractBases_py(cls))
    return 0;
  return errorPending() ? -1 : raiseInt(kTypeError, "%s", message);
}

} // namespace

/// What type.__instancecheck__ does.
int krt_real_isinstance_py(Value object, Value cls) {
  if (hasClassFlag(cls, kClassTypeSub)) {
    if (krt_instance(object, cls.as<Class>()))
      return 1;
    Value claimed = krt_getattr_optional_py(object, KSTR(__class__));
    if (!claimed)
      return errorPending() ? -1 : 0;
    return claimed != Value(classOf(object)) && hasClassFlag(claimed, kClassTypeSub) &&
           krt_subclass(claimed.as<Class>(), cls.as<Class>());
  }
  if (requireClass_py(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") < 0)
    return -1;
  Value claimed = krt_getattr_optional_py(object, KSTR(__class__));
  if (!claimed)
    return errorPending() ? -1 : 0;
  return abstractSubclass_py(claimed, cls);
}

/// What type.__subclasscheck__ does.
int krt_real_issubclass_py(Value derived, Value cls) {
  if (hasClassFlag(cls, kClassTypeSub) && hasClassFlag(derived, kClassTypeSub))
    return krt_subclass(derived.as<Class>(), cls.as<Class>());
  if (requireClass_py(derived, "issubclass() arg 1 must be a class") < 0)
    return -1;
  if (!krt_is_union(cls) &&
      requireClass_py(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") < 0)
    return -1;
  return abstractSubclass_py(derived, cls);
}

static int askClass_py(Value subject, Value cls, Str *name, int (*plain)(Value, Value)) {
  Value self;
  Value check = krt_special_lookup_py(cls, name, &self);
  if (!check)
    return errorPending() ? -1 : plain(subject, cls);
  Value answer = TRY_OR_MINUS(krt_call_with_self_py(check, self, &subject, 1, nullptr));
  return krt_truth_py(answer);
}

int krt_isinstance_py(Value object, Value cls) {
  if (Value(classOf(object)) == cls)
    return 1;
  if (isExact(cls, krt_type_class)) {
    int64_t known = krt_typed_isinstance(object, cls.as<Class>());
    return known >= 0 ? static_cast<int>(known) : krt_real_isinstance_py(object, cls);
  }
  if (hasClassFlag(cls, kClassTupleSub)) {
    CountedCall call;
    if (call.tooDeep(" in __instancecheck__"))
      return -1;
    for (int64_t i = 0; i < cls.as<Tuple>()->length; ++i)
      if (int result = krt_isinstance_py(object, cls.as<Tuple>()->items[i]))
        return result;
    return 0;
  }
  if (krt_is_union(cls))
    return krt_union_isinstance_py(cls, object);
  return askClass_py(object, cls, KSTR(__instancecheck__), krt_real_isinstance_py);
}

int krt_issubclass_py(Value derived, Value cls) {
  if (isExact(cls, krt_type_class)) {
    if (derived == cls)
      return 1;
    return krt_real_issubclass_py(derived, cls);
  }
  if (hasClassFlag(cls, kClassTupleSub)) {
    CountedCall call;
    if (call.tooDeep(" in __subclasscheck__"))
      return -1;
    for (int64_t i = 0; i < cls.as<Tuple>()->length; ++i)
      if (int result = krt_issubclass_py(derived, cls.as<Tuple>()->items[i]))
        return result;
    return 0;
  }
  if (krt_is_union(cls))
    return krt_union_issubclass_py(cls, derived);
  return askClass_py(derived, cls, KSTR(__subclasscheck__), krt_real_issubclass_py);
}

// ---- Native stack -----------------------------------------------------------------------------------

bool krt_depth_exceeded(const char *where) {
  krt_raise(kRecursionError, "maximum recursion depth exceeded%s", where);
  return true;
}

bool krt_stack_exhausted(const char *where) {
  krt_raise_recursion(where);
  return true;
}

} // namespace krait
