// operations.cpp - see operations.h.
#include "runtime/interp/operations.h"

#include "runtime/interp/frame_object.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/interp.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/module.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

namespace krait {

namespace {

Value nameError(Str *name) {
  return krt_raise_name_error(kNameError, name, "name '%S' is not defined", Value(name));
}

/// mapping[name]; null without an exception if it has no such key.
Value mappingGet(Value mapping, Str *name) {
  if (isExact(mapping, krt_dict_class))
    return krt_dict_get_str(mapping.as<Dict>(), name);
  Value value = krt_getitem_py(mapping, name);
  if (!value)
    krt_error_clear_if(kKeyError);
  return value;
}

/// The name a callee has in messages: "f()" or its repr.
Str *calleeText(Value callee) {
  Value qualname = krt_getattr_optional_py(callee, KSTR(__qualname__));
  if (!qualname || !strCheck(qualname)) {
    krt_error_clear();
    return krt_str_of_py(callee);
  }
  Value module = krt_getattr_optional_py(callee, KSTR(__module__));
  krt_error_clear();
  if (module && strCheck(module) && !krt_str_equal(module.as<Str>(), KSTR(builtins)))
    return krt_str_format("%S.%S()", module, qualname);
  return krt_str_format("%S()", qualname);
}

Value builtinNamed_py(Dict *builtins, Str *name) {
  Value value = mappingGet(builtins, name);
  if (value || errorPending())
    return value;
  if (krt_late_builtin_hook_py && builtins == krt_builtins_dict() && krt_late_builtin_hook_py(name))
    return krt_dict_get_str(builtins, name);
  return errorPending() ? Value() : nameError(name);
}

} // namespace

extern "C" {

// ---- Names ----

Value krt_op_load_global_py(Dict *globals, Dict *builtins, Str *name) {
  Value value = mappingGet(globals, name); // a subclass of dict answers by its own __getitem__
  return value || errorPending() ? value : builtinNamed_py(builtins, name);
}

Value krt_op_load_name_py(Value locals, Dict *globals, Dict *builtins, Str *name) {
  Value value = mappingGet(locals, name);
  if (value || errorPending())
    return value;
  value = krt_dict_get_str(globals, name);
  return value || errorPending() ? value : builtinNamed_py(builtins, name);
}

int krt_op_store_name_py(Value locals, Str *name, Value value) {
  if (isExact(locals, krt_dict_class))
    return krt_dict_set_py(locals.as<Dict>(), name, value);
  return krt_setitem_py(locals, name, value);
}

int krt_op_delete_name_py(Value locals, Str *name) {
  if (krt_setitem_py(locals, name, Value()) == 0)
    return 0;
  if (krt_error_clear_if(kKeyError))
    nameError(name);
  return -1;
}

int krt_op_delete_global_py(Dict *globals, Str *name) {
  int removed = krt_dict_delete_str(globals, name);
  if (removed == 0)
    nameError(name);
  return removed == 1 ? 0 : -1;
}

Value krt_op_unbound_local(Str *name) {
  return krt_raise_name_error(kUnboundLocalError, name,
                              "cannot access local variable '%S' where it is not associated with a value",
                              Value(name));
}

Value krt_op_unbound_cell(Code *code, Str *name) {
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    if (code->cellvars->items[i] == Value(name))
      return krt_op_unbound_local(name);
  return krt_raise_name_error(
      kNameError, name,
      "cannot access free variable '%S' where it is not associated with a value in enclosing scope",
      Value(name));
}

Value krt_op_load_class_cell_py(Code *code, Value locals, Cell *cell, Str *name) {
  Value value = mappingGet(locals, name);
  if (value || errorPending())
    return value;
  return cell->value ? cell->value : krt_op_unbound_cell(code, name);
}

Value krt_op_load_build_class_py(Dict *builtins) {
  Value value = mappingGet(builtins, KSTR(__build_class__));
  return value || errorPending() ? value : krt_raise(kNameError, "__build_class__ not found");
}

int krt_op_setup_annotations_py(Value locals) {
  if (!locals)
    return raiseInt(kSystemError, "no locals found when setting up annotations");
  Value present = mappingGet(locals, KSTR(__annotations__));
  if (present)
    return 0;
  if (errorPending())
    return -1;
  return krt_op_store_name_py(locals, KSTR(__annotations__), krt_dict_new());
}

// ---- Calls ----

Value krt_op_call_ex_py(Value callee, Value args, Value kwargs) {
  if (!isExact(args, krt_tuple_class) && !isExact(args, krt_list_class) && !krt_special_iterable(args))
    return krt_raise(kTypeError, "%S argument after * must be an iterable, not %T",
                     Value(TRY(calleeText(callee))), args);
  Tuple *positional = TRY(krt_tuple_from_py(args));
  Dict *keywords = nullptr;
  if (kwargs) {
    if (isExact(kwargs, krt_dict_class)) {
      keywords = kwargs.as<Dict>();
    } else {
      keywords = krt_dict_new();
      if (krt_op_dict_merge_py(keywords, kwargs, callee) < 0)
        return {};
    }
  }
  return krt_call_ex_py(callee, positional, keywords && keywords->used ? keywords : nullptr);
}

/// The class whose MRO super(cls, receiver) follows; null with TypeError pending.
static Class *superStart(Class *cls, Value receiver) {
  if (hasClassFlag(receiver, kClassTypeSub) && krt_subclass(receiver.as<Class>(), cls))
    return receiver.as<Class>();
  if (krt_subclass(classOf(receiver), cls))
    return classOf(receiver);
  Value claimed = krt_getattr_optional_py(receiver, KSTR(__class__)); // proxies
  if (claimed && hasClassFlag(claimed, kClassTypeSub) && krt_subclass(claimed.as<Class>(), cls))
    return claimed.as<Class>();
  if (!errorPending())
    krt_raise(kTypeError, "super(type, obj): obj must be an instance or subtype of type");
  return nullptr;
}

/// The attribute that follows [cls] in the MRO of [start]; null without an exception.
static Value lookupBehind(Class *start, Class *cls, Str *name) {
  Tuple *mro = start->mro;
  if (!mro) // its mro() is running
    return {};
  int64_t i = 0;
  while (i < mro->length && mro->items[i] != Value(cls))
    ++i;
  for (++i; i < mro->length; ++i) {
    Value value = krt_dict_get_str(mro->items[i].as<Class>()->dict, name);
    if (value || errorPending())
      return value;
  }
  return {};
}

/// super(cls, receiver).name without the proxy. *self as krt_load_method_py, if [self] is given.
static Value superLookup(Class *cls, Value receiver, Str *name, Value *self) {
  Class *start = TRY(superStart(cls, receiver));
  Value attribute = krt_str_equal(name, KSTR(__class__)) ? Value() : lookupBehind(start, cls, name);
  if (!attribute) {
    if (errorPending())
      return {};
    Value proxy = TRY(krt_call2_py(&krt_super_class, cls, receiver));
    return krt_getattr_py(proxy, name);
  }
  bool onClass = start == receiver.as<Class>();
  if (self && !onClass && (classOf(attribute)->flags & kClassMethodDescr)) {
    *self = receiver;
    return attribute;
  }
  auto get = classOf(attribute)->slots.descrGet;
  return get ? get(attribute, onClass ? Value() : receiver, start) : attribute;
}

Value krt_op_load_super_py(Value superClass, Value cls, Value receiver, Str *name, Value *self) {
  if (self)
    *self = Value();
  if (isExact(cls, krt_cell_class)) { // the __class__ cell of a method using zero-argument super()
    cls = cls.as<Cell>()->value;
    if (!cls)
      return krt_raise(kRuntimeError, "super(): empty __class__ cell");
  }
  if (superClass == Value(&krt_super_class) && hasClassFlag(cls, kClassTypeSub))
    return superLookup(cls.as<Class>(), receiver, name, self);
  Value proxy = TRY(krt_call2_py(superClass, cls, receiver));
  return krt_getattr_py(proxy, name);
}

Value krt_op_make_function(Code *code, Dict *globals, Value defaults, Value kwdefaults, Value annotations,
                           Value closure) {
  return krt_function_new(code, globals, defaults.as<Tuple>(), kwdefaults.as<Dict>(), annotations,
                          closure.as<Tuple>());
}

int krt_op_dict_update_py(Dict *dict, Value mapping) {
  if (!hasClassFlag(mapping, kClassDictSub) && !krt_getattr_optional_py(mapping, KSTR(keys)))
    return errorPending() ? -1 : raiseInt(kTypeError, "'%T' object is not a mapping", mapping);
  return krt_dict_update_py(dict, mapping, true);
}

int krt_op_dict_merge_py(Dict *dict, Value mapping, Value callee) {
  Value keys;
  if (!hasClassFlag(mapping, kClassDictSub)) {
    keys = krt_getattr_optional_py(mapping, KSTR(keys));
    if (!keys) {
      if (errorPending())
        return -1;
      Str *text = TRY_OR_MINUS(calleeText(callee));
      return raiseInt(kTypeError, "%S argument after ** must be a mapping, not %T", Value(text), mapping);
    }
    keys = TRY_OR_MINUS(krt_call0_py(keys));
  } else {
    keys = mapping;
  }
  Value iterator = TRY_OR_MINUS(krt_iter_py(keys));
  while (Value key = krt_next_py(iterator)) {
    if (krt_dict_get_py(dict, key)) { // what is no string is refused by the call itself
      Str *text = TRY_OR_MINUS(calleeText(callee));
      return raiseInt(kTypeError, "%S got multiple values for keyword argument '%S'", Value(text), key);
    }
    if (errorPending())
      return -1;
    Value value = TRY_OR_MINUS(krt_getitem_py(mapping, key));
    if (krt_dict_set_py(dict, key, value) < 0)
      return -1;
  }
  return errorPending() ? -1 : 0;
}

int krt_op_list_extend_py(List *list, Value iterable) {
  if (!isExact(iterable, krt_list_class) && !isExact(iterable, krt_tuple_class) &&
      !krt_special_iterable(iterable))
    return raiseInt(kTypeError, "Value after * must be an iterable, not %T", iterable);
  return krt_list_extend_py(list, iterable);
}

// ---- Unpacking, building ----

int krt_op_unpack_py(Value sequence, Value *target, uint32_t count) {
  if (!krt_special_iterable(sequence))
    return raiseInt(kTypeError, "cannot unpack non-iterable %T object", sequence);
  if (isExact(sequence, krt_list_class) && sequence.as<List>()->length > count)
    return raiseInt(kValueError, "too many values to unpack (expected %d)", static_cast<int>(count));
  Value iterator = TRY_OR_MINUS(krt_iter_py(sequence));
  for (uint32_t i = 0; i < count; ++i) {
    target[i] = krt_next_py(iterator);
    if (!target[i])
      return errorPending() ? -1
                            : raiseInt(kValueError, "not enough values to unpack (expected %d, got %d)",
                                       static_cast<int>(count), static_cast<int>(i));
  }
  if (krt_next_py(iterator))
    return raiseInt(kValueError, "too many values to unpack (expected %d)", static_cast<int>(count));
  return errorPending() ? -1 : 0;
}

int krt_op_unpack_ex_py(Value sequence, Value *target, uint32_t before, uint32_t after) {
  if (!krt_special_iterable(sequence))
    return raiseInt(kTypeError, "cannot unpack non-iterable %T object", sequence);
  Value iterator = TRY_OR_MINUS(krt_iter_py(sequence));
  for (uint32_t i = 0; i < before; ++i) {
    target[i] = krt_next_py(iterator);
    if (!target[i])
      return errorPending()
                 ? -1
                 : raiseInt(kValueError, "not enough values to unpack (expected at least %d, got %d)",
                            static_cast<int>(before + after), static_cast<int>(i));
  }
  List *rest = TRY_OR_MINUS(krt_list_from_py(iterator));
  if (rest->length < after)
    return raiseInt(kValueError, "not enough values to unpack (expected at least %d, got %lld)",
                    static_cast<int>(before + after), static_cast<long long>(before + rest->length));
  for (uint32_t i = 0; i < after; ++i)
    target[before + 1 + i] = rest->items[rest->length - after + i];
  krt_list_erase(rest, rest->length - after, rest->length);
  target[before] = rest;
  return 0;
}

Value krt_op_build_string(const Value *parts, size_t count) {
  return strJoin(krt_str_empty, parts, static_cast<int64_t>(count));
}

Value krt_op_format_value_py(Value value, Value spec, uint32_t conversion) {
  switch (conversion) {
  case 1:
    value = TRY(krt_str_of_py(value));
    break;
  case 2:
    value = TRY(krt_repr_py(value));
    break;
  case 3:
    value = TRY(krt_ascii_py(value));
    break;
  default:
    break;
  }
  if (!spec && isExact(value, krt_str_class))
    return value;
  return krt_format_py(value, spec.as<Str>());
}

// ---- Exceptions, with ----

static bool isExceptionClass(Value v) {
  return hasClassFlag(v, kClassTypeSub) && (v.as<Class>()->flags & kClassExceptionSub);
}

int krt_op_exception_matches_py(Value exception, Value type) {
  constexpr const char *message = "catching classes that do not inherit from BaseException is not allowed";
  if (isExact(type, krt_tuple_class) || hasClassFlag(type, kClassTupleSub)) {
    Tuple *types = type.as<Tuple>();
    for (int64_t i = 0; i < types->length; ++i)
      if (!isExceptionClass(types->items[i]))
        return raiseInt(kTypeError, message);
    for (int64_t i = 0; i < types->length; ++i)
      if (krt_subclass(classOf(exception), types->items[i].as<Class>()))
        return 1;
    return 0;
  }
  if (!isExceptionClass(type))
    return raiseInt(kTypeError, message);
  return krt_subclass(classOf(exception), type.as<Class>());
}

/// TypeError for what except* may not catch; -1 then.
static int checkGroupClass(Value type) {
  if (!isExceptionClass(type))
    return raiseInt(kTypeError, "catching classes that do not inherit from BaseException is not allowed");
  if (krt_subclass(type.as<Class>(), kBaseExceptionGroup))
    return raiseInt(kTypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
  return 0;
}

int krt_op_check_eg_match_py(Value exception, Value type, Value *rest, Value *match) {
  if (!hasClassFlag(type, kClassTupleSub)) {
    if (checkGroupClass(type) < 0)
      return -1;
  } else {
    for (int64_t i = 0; i < type.as<Tuple>()->length; ++i)
      if (checkGroupClass(type.as<Tuple>()->items[i]) < 0)
        return -1;
  }
  if (!krt_exception_group_match_py(exception, type, rest, match))
    return -1;
  if (*match != kNone)
    krt_thread.handled = *match;
  return 0;
}

Value krt_op_prep_reraise_star_py(Value original, List *raised) {
  return krt_exception_group_reraise_py(original, raised);
}

/// The instance that a raise operand stands for: classes are called. Null with an exception pending.
static Value raiseOperand(Value operand, const char *message) {
  if (isExceptionClass(operand)) {
    Value instance = TRY(krt_call0_py(operand));
    if (!hasClassFlag(instance, kClassExceptionSub))
      return krt_raise(kTypeError, "calling %R should have returned an instance of BaseException, not %R",
                       operand, Value(classOf(instance)));
    return instance;
  }
  return hasClassFlag(operand, kClassExceptionSub) ? operand : krt_raise(kTypeError, message);
}

bool krt_op_raise_py(Value exception, Value cause) {
  if (!exception) {
    Value handled = handledException();
    if (handled == kNone) {
      krt_raise(kRuntimeError, "No active exception to reraise");
      return false;
    }
    krt_error_restore(handled);
    return true;
  }
  Value instance = raiseOperand(exception, "exceptions must derive from BaseException");
  if (!instance)
    return false;
  if (cause) {
    if (cause != kNone)
      cause = raiseOperand(cause, "exception causes must derive from BaseException");
    if (!cause)
      return false;
    instance.as<Exception>()->cause = cause;
    instance.as<Exception>()->suppressContext = true;
  }
  krt_raise_value(instance);
  return false;
}

int krt_op_load_special_py(Value object, uint32_t which, Value *target) {
  static Str *names[4];
  if (!names[0]) {
    names[1] = KSTR(__exit__);
    names[2] = KSTR(__aenter__);
    names[3] = KSTR(__aexit__);
    names[0] = KSTR(__enter__);
  }
  Value self, method = krt_special_lookup_py(object, names[which], &self);
  if (!method) {
    if (errorPending())
      return -1;
    bool async = which >= 2;
    const char *protocol = async ? "asynchronous context manager" : "context manager";
    if (which & 1)
      return raiseInt(kTypeError, "'%T' object does not support the %s protocol (missed %S method)", object,
                      protocol, Value(names[which]));
    return raiseInt(kTypeError, "'%T' object does not support the %s protocol", object, protocol);
  }
  target[0] = method;
  target[1] = self;
  return 0;
}

Value krt_op_with_exit_py(Value exit, Value self, Value exception) {
  Value args[3] = {kNone, kNone, kNone};
  if (exception) {
    args[0] = classOf(exception);
    args[1] = exception;
    Value traceback = exception.as<Exception>()->traceback;
    args[2] = traceback ? traceback : kNone;
  }
  return krt_call_with_self_py(exit, self, args, 3, nullptr);
}

// ---- Imports ----

Value krt_op_import_name_py(Frame *frame, Str *name, Value level, Value fromlist) {
  Value import = mappingGet(frame->builtins, KSTR(__import__));
  if (!import)
    return errorPending() ? Value() : krt_raise(kImportError, "__import__ not found");
  Value args[5] = {name, frame->globals, frame->locals ? frame->locals : kNone, fromlist, level};
  return krt_call_py(import, args, 5, nullptr);
}

Value krt_op_import_from_py(Value module, Str *name) {
  Value value = krt_getattr_optional_py(module, name);
  if (value || errorPending())
    return value;
  // A circular import may have put the submodule into sys.modules only.
  Value package = krt_getattr_optional_py(module, KSTR(__name__));
  if (errorPending())
    return {};
  if (package && strCheck(package)) {
    Str *full = TRY(krt_str_format("%S.%S", package, Value(name)));
    Value submodule = krt_import_loaded_py(full);
    if (submodule || errorPending())
      return submodule;
  } else {
    package = strFrom("<unknown module name>");
  }
  Value file = krt_getattr_optional_py(module, KSTR(__file__));
  if (errorPending())
    return {};
  bool known = file && strCheck(file);
  Value spec = krt_getattr_optional_py(module, KSTR(__spec__));
  int partly = errorPending() ? -1 : krt_spec_initializing_py(spec);
  if (partly < 0)
    return {};
  if (partly)
    return krt_raise_import_error(kImportError, package, known ? file : kNone,
                                  "cannot import name %R from partially initialized module %R (most likely "
                                  "due to a circular import) (%S)",
                                  Value(name), package, known ? file : Value(strIntern("unknown location")));
  if (!known)
    return krt_raise_import_error(kImportError, package, kNone,
                                  "cannot import name %R from %R (unknown location)", Value(name), package);
  return krt_raise_import_error(kImportError, package, file, "cannot import name %R from %R (%S)",
                                Value(name), package, file);
}

int krt_op_import_star_py(Value module, Value locals) {
  bool skipUnderscores = false;
  Value names = krt_getattr_optional_py(module, KSTR(__all__));
  if (errorPending())
    return -1;
  if (!names) {
    Value dict = krt_getattr_optional_py(module, KSTR(__dict__));
    if (!dict)
      return errorPending() ? -1
                            : raiseInt(kImportError, "from-import-* object has no __dict__ and no __all__");
    names = TRY_OR_MINUS(krt_call_method_py(dict, KSTR(keys), nullptr, 0));
    skipUnderscores = true;
  }
  Tuple *list = TRY_OR_MINUS(krt_tuple_from_py(names));
  for (int64_t i = 0; i < list->length; ++i) {
    Value name = list->items[i];
    if (!strCheck(name)) {
      Value owner = krt_getattr_py(module, KSTR(__name__));
      if (!owner)
        return -1;
      if (skipUnderscores)
        return raiseInt(kTypeError, "Key in %S.__dict__ must be str, not %T", owner, name);
      return raiseInt(kTypeError, "Item in %S.__all__ must be str, not %T", owner, name);
    }
    Str *text = name.as<Str>();
    if (skipUnderscores && text->length() && text->at(0) == '_')
      continue;
    text = krt_str_intern(text);
    Value value = TRY_OR_MINUS(krt_getattr_py(module, text));
    if (krt_op_store_name_py(locals, text, value) < 0)
      return -1;
  }
  return 0;
}

// ---- Asynchronous ----

static bool isCoroutine(Value v) {
  return isExact(v, krt_coroutine_class) ||
         (isExact(v, krt_generator_class) && (v.as<Generator>()->frame.code->flags & kCodeIterableCoroutine));
}

Value krt_op_get_awaitable_py(Value object, uint32_t where) {
  if (isCoroutine(object)) {
    if (isExact(object, krt_coroutine_class) && krt_generator_delegate(object.as<Generator>()))
      return krt_raise(kRuntimeError, "coroutine is being awaited already");
    return object;
  }
  auto await = classOf(object)->slots.await;
  if (!await) {
    if (where == 1)
      return krt_raise(
          kTypeError, "'async with' received an object from __aenter__ that does not implement __await__: %T",
          object);
    if (where == 2)
      return krt_raise(kTypeError,
                       "'async with' received an object from __aexit__ that does not implement __await__: %T",
                       object);
    return krt_raise(kTypeError, "object %T can't be used in 'await' expression", object);
  }
  Value iterator = TRY(await(object));
  if (isCoroutine(iterator))
    return krt_raise(kTypeError, "__await__() returned a coroutine");
  if (!classOf(iterator)->slots.next && !isExact(iterator, krt_generator_class))
    return krt_raise(kTypeError, "__await__() returned non-iterator of type '%T'", iterator);
  return iterator;
}

Value krt_op_get_aiter_py(Value object) {
  auto aiter = classOf(object)->slots.aiter;
  if (!aiter)
    return krt_raise(kTypeError, "'async for' requires an object with __aiter__ method, got %T", object);
  Value iterator = TRY(aiter(object));
  if (!classOf(iterator)->slots.anext)
    return krt_raise(kTypeError,
                     "'async for' received an object from __aiter__ that does not implement __anext__: %T",
                     iterator);
  return iterator;
}

Value krt_op_get_anext_py(Value object) {
  auto anext = classOf(object)->slots.anext;
  if (!anext)
    return krt_raise(kTypeError, "'async for' requires an iterator with __anext__ method, got %T", object);
  Value awaitable = TRY(anext(object));
  if (isExact(object, krt_async_generator_class))
    return awaitable;
  Value iterator = krt_op_get_awaitable_py(awaitable, 0);
  if (!iterator) {
    Value cause = krt_error_take();
    krt_raise(kTypeError, "'async for' received an invalid object from __anext__: %T", awaitable);
    krt_error_set_cause(cause);
  }
  return iterator;
}

Value krt_op_get_yield_from_iter_py(Value object, const Code *code) {
  if (isExact(object, krt_coroutine_class)) {
    if (!(code->flags & (kCodeCoroutine | kCodeIterableCoroutine)))
      return krt_raise(kTypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    return object;
  }
  if (isExact(object, krt_generator_class))
    return object;
  return krt_iter_py(object);
}

// ---- Pattern matching, interactive ----

Value krt_op_match_keys_py(Value subject, Tuple *keys) {
  Tuple *values = krt_tuple_new(keys->length);
  if (keys->length == 0)
    return values;
  Set *seen = krt_set_new(&krt_set_class);
  Value self, get = TRY(krt_load_method_py(subject, KSTR(get), &self));
  Value missing = gcNew<Cell>(krt_cell_class); // a unique object
  for (int64_t i = 0; i < keys->length; ++i) {
    Value key = keys->items[i];
    int known = TRY_INT(krt_set_contains_py(seen, key));
    if (known)
      return krt_raise(kValueError, "mapping pattern checks duplicate key (%R)", key);
    if (krt_set_add_py(seen, key) < 0)
      return {};
    Value args[2] = {key, missing};
    Value value = TRY(krt_call_with_self_py(get, self, args, 2, nullptr));
    if (value == missing)
      return kNone;
    values->items[i] = value;
  }
  return values;
}

/// An attribute for a class pattern; null without an exception if the subject has none.
static Value matchAttribute(Value subject, Value cls, Value name, Set *seen) {
  int known = krt_set_contains_py(seen, name);
  if (known < 0)
    return {};
  if (known)
    return krt_raise(kTypeError, "%N() got multiple sub-patterns for attribute %R", cls.as<Class>(), name);
  if (krt_set_add_py(seen, name) < 0)
    return {};
  return krt_getattr_optional_py(subject, name.as<Str>());
}

Value krt_op_match_class_py(Value subject, Value cls, uint32_t positional, Tuple *names) {
  if (!hasClassFlag(cls, kClassTypeSub))
    return krt_raise(kTypeError, "called match pattern must be a type");
  if (!TRY_INT(krt_isinstance_py(subject, cls)))
    return kNone;
  Set *seen = krt_set_new(&krt_set_class);
  Tuple *result = krt_tuple_new(positional + names->length);
  if (positional) {
    Value matchArgs = krt_getattr_optional_py(cls, KSTR(__match_args__));
    bool matchSelf = false;
    if (matchArgs) {
      if (!isExact(matchArgs, krt_tuple_class))
        return krt_raise(kTypeError, "%N.__match_args__ must be a tuple (got %T)", cls.as<Class>(),
                         matchArgs);
    } else {
      if (errorPending())
        return {};
      matchArgs = krt_tuple_empty;
      matchSelf = cls.as<Class>()->flags & kClassMatchSelf;
    }
    auto allowed = static_cast<uint32_t>(matchSelf ? 1 : matchArgs.as<Tuple>()->length);
    if (allowed < positional)
      return krt_raise(kTypeError, "%N() accepts %d positional sub-pattern%s (%d given)", cls.as<Class>(),
                       static_cast<int>(allowed), allowed == 1 ? "" : "s", static_cast<int>(positional));
    if (matchSelf)
      result->items[0] = subject;
    for (uint32_t i = 0; !matchSelf && i < positional; ++i) {
      Value name = matchArgs.as<Tuple>()->items[i];
      if (!isExact(name, krt_str_class))
        return krt_raise(kTypeError, "__match_args__ elements must be strings (got %T)", name);
      Value value = matchAttribute(subject, cls, name, seen);
      if (!value)
        return errorPending() ? Value() : kNone;
      result->items[i] = value;
    }
  }
  for (int64_t i = 0; i < names->length; ++i) {
    Value value = matchAttribute(subject, cls, names->items[i], seen);
    if (!value)
      return errorPending() ? Value() : kNone;
    result->items[positional + i] = value;
  }
  return result;
}

int krt_op_print_expr_py(Value value) {
  Value hook = krt_sys_get(KSTR(displayhook));
  if (!hook)
    return raiseInt(kRuntimeError, "lost sys.displayhook");
  return krt_call1_py(hook, value) ? 0 : -1;
}

} // extern "C"
} // namespace krait
